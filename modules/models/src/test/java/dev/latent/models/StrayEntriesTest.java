package dev.latent.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrayEntriesTest {

    private static final List<String> STRAYS =
            List.of("lost+found", "007", "1e3", " 5", "5 ", "+5", "-5", "0", "9999999999", "Seven", "٣", "12");

    @TempDir
    private Path root;

    private ModelStore store;

    @BeforeEach
    void create() throws IOException {
        store = ModelFixture.create(root, 1, 1);
    }

    @Test
    void onlyNumberedDirectoriesWithAManifest_count() throws IOException {
        Path versions = root.resolve("movies/versions");
        for (String name : STRAYS) {
            Files.createDirectory(versions.resolve(name));
            if (!name.equals("12")) {
                Files.copy(
                        versions.resolve("1/manifest.json"),
                        versions.resolve(name).resolve("manifest.json"));
            }
        }
        Files.writeString(versions.resolve("13"), "a file");
        Files.writeString(versions.resolve(".DS_Store"), "x");
        Files.writeString(versions.resolve(".nfs0001"), "x");
        store = ModelFixture.open(root);

        assertThat(store.versions("movies")).extracting(VersionInfo::number).containsExactly(1);
        VerifyReport report = store.verifyAll();
        assertThat(report.problems()).isEmpty();
        assertThat(report.versions()).isEqualTo(1);
        assertThat(report.strays()).hasSize(STRAYS.size() + 3).contains("movies/versions/lost+found");
        for (int number : new int[] {0, -5, 5, 7, 12, 13}) {
            assertThatThrownBy(() -> store.open("movies", number)).isInstanceOf(NotFoundException.class);
        }
        assertThat(ModelFixture.publish(store)).isEqualTo(14);
    }

    @Test
    void straysBesideModels_areListedAndLeftAlone() throws IOException {
        Files.createDirectory(root.resolve("lost+found"));
        Files.createDirectory(root.resolve("Movies"));
        Files.writeString(root.resolve("notes"), "x");
        store = ModelFixture.open(root);

        assertThat(store.names()).containsExactly("movies");
        assertThat(store.verifyAll().strays()).containsExactly("Movies", "lost+found", "notes");
        assertThat(root.resolve("lost+found")).exists();
    }

    @Test
    void strayFileInAVersion_isListedAndDoesNotStopIt() throws IOException {
        Files.writeString(ModelFixture.version(root, 1).resolve(".DS_Store"), "x");
        assertThat(ModelFixture.opens(store, 1)).isTrue();
        assertThat(store.verifyAll().strays()).containsExactly("movies/versions/1/.DS_Store");
        assertThat(store.verifyAll().problems()).isEmpty();
    }

    @Test
    void copyInProgress_doesNotCountBeforeItsManifestComes() throws IOException {
        Path copy = ModelFixture.version(root, 2);
        Files.createDirectory(copy);
        for (Path file : ModelFixture.files(ModelFixture.version(root, 1))) {
            if (!file.endsWith("manifest.json")) {
                Files.copy(file, copy.resolve(file.getFileName()));
                assertThat(store.versions("movies")).hasSize(1);
            }
        }
    }

    @Test
    void litterOfAStop_isRemovedAtTheNextStartOnly() throws IOException {
        Path pending = store.begin("movies").directory();
        Files.writeString(pending.resolve("item_factors.section"), "half");
        Path trash = Files.createDirectories(root.resolve("movies/versions/.trash-3-x"));

        ModelStore.openReadOnly(root).verifyAll();
        assertThat(pending).exists();

        store = ModelFixture.open(root);
        assertThat(pending).doesNotExist();
        assertThat(trash).doesNotExist();
        assertThat(ModelFixture.publish(store)).isEqualTo(3);
    }
}
