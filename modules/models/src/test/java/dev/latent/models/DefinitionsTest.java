package dev.latent.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsTest {

    @TempDir
    private Path root;

    private ModelStore store;

    @BeforeEach
    void create() {
        store = ModelFixture.open(root.resolve("models"));
    }

    private static ModelDefinition books() {
        return ModelDefinition.of("books", "loans", "sgd", Map.of("loss", "bpr", "factors", "16"));
    }

    @Test
    void created_isFoundAfterARestart() {
        ModelDefinition created = store.create(books());
        assertThat(created.revision()).isEqualTo(1);
        assertThat(created.created()).isEqualTo(ModelFixture.CLOCK.instant());
        store = ModelFixture.open(root.resolve("models"));
        assertThat(store.get("books")).isEqualTo(created);
        assertThat(store.find("books")).contains(created);
        assertThat(store.list()).containsExactly(created);
        assertThat(store.find("movies")).isEmpty();
        assertThat(store.versions("books")).isEmpty();
        assertThat(store.aliases("books")).isEmpty();
    }

    @Test
    void createdTwice_isRefused() {
        store.create(books());
        assertThatThrownBy(() -> store.create(books()))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("'books'");
    }

    @Test
    void update_countsAndCompares() {
        ModelDefinition created = store.create(books());
        ModelDefinition updated =
                store.update(created.withTraining("wals", Map.of("factors", "32")), OptionalLong.of(1));
        assertThat(updated.revision()).isEqualTo(2);
        assertThat(store.get("books").hyperparameters()).isEqualTo(Map.of("factors", "32"));
        assertThatThrownBy(() -> store.update(created.withFallback("none"), OptionalLong.of(1)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("Model 'books' is at revision 2, expected 1");
        assertThat(store.update(created.withFallback("none"), OptionalLong.empty())
                        .revision())
                .isEqualTo(3);
        assertThatThrownBy(
                        () -> store.update(ModelDefinition.of("movies", "d", "wals", Map.of()), OptionalLong.empty()))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void deleted_isGoneAndCanBeCreatedAnew() throws IOException {
        store.create(books());
        store.delete("books");
        assertThat(store.list()).isEmpty();
        assertThat(ModelFixture.files(root.resolve("models"))).isEmpty();
        assertThatThrownBy(() -> store.delete("books")).isInstanceOf(NotFoundException.class);
        assertThat(store.create(books()).revision()).isEqualTo(1);
    }

    @Test
    void definitionUnderAnotherName_isRefused() throws IOException {
        store.create(books());
        store.create(ModelDefinition.of("movies", "d", "wals", Map.of()));
        ModelFixture.overwrite(
                root.resolve("models/movies/model.json"), Files.readAllBytes(root.resolve("models/books/model.json")));
        assertThatThrownBy(() -> store.get("movies"))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("the model's name is books, expected movies");
    }
}
