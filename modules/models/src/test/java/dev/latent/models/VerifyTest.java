package dev.latent.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {

    @TempDir
    private Path root;

    @Test
    void intactStore_hasNoProblems() throws IOException {
        ModelFixture.create(root, 3, 2);
        VerifyReport report = ModelStore.openReadOnly(root).verifyAll();
        assertThat(report).isEqualTo(new VerifyReport(1, 3, List.of(), List.of()));
        assertThat(report.isIntact()).isTrue();
    }

    @Test
    void manyProblems_areAllReported() throws IOException {
        ModelStore store = ModelFixture.create(root, 3, 3);
        store.create(ModelDefinition.of("books", "ratings", "sgd", Map.of()));
        ModelFixture.overwrite(ModelFixture.version(root, 1).resolve("manifest.json"), new byte[5]);
        ModelFixture.overwrite(ModelFixture.version(root, 2).resolve("item_factors.section"), new byte[300]);
        Files.delete(ModelFixture.version(root, 2).resolve("user_ids_bytes.section"));
        Files.delete(ModelFixture.version(root, 3).resolve("manifest.json"));
        Files.write(root.resolve("books/model.json"), new byte[0]);
        Files.write(root.resolve("books/numbers.json"), new byte[0]);

        VerifyReport report = ModelStore.openReadOnly(root).verifyAll();

        assertThat(report.isIntact()).isFalse();
        assertThat(report.models()).isEqualTo(2);
        assertThat(report.versions()).isEqualTo(2);
        assertThat(report.problems())
                .extracting(problem -> problem.model() + "@" + problem.version() + " " + problem.file())
                .containsExactlyInAnyOrder(
                        "books@0 model.json",
                        "books@0 numbers.json",
                        "movies@1 versions/1/manifest.json",
                        "movies@2 versions/2/item_factors.section",
                        "movies@2 versions/2/user_ids_bytes.section",
                        "movies@3 manifest.json");
        assertThat(report.problems())
                .allSatisfy(problem -> assertThat(problem.describe()).contains("expected"));
        assertThat(store.names()).containsExactly("books", "movies");
        assertThat(store.list()).extracting(ModelDefinition::name).containsExactly("movies");
    }

    @Test
    void verify_changesNothing() throws IOException {
        ModelStore store = ModelFixture.create(root, 2, 2);
        store.begin("movies");
        Files.writeString(
                root.resolve("movies/ledger.jsonl"), Files.readString(root.resolve("movies/ledger.jsonl")) + "x");
        List<String> before = tree();
        assertThat(ModelStore.openReadOnly(root).verifyAll().strays()).hasSize(2);
        assertThat(tree()).isEqualTo(before);
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.sorted()
                    .map(path -> path + " " + path.toFile().length())
                    .toList();
        }
    }
}
