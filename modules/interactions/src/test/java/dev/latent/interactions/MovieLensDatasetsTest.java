package dev.latent.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real folders as their owners publish them; {@code -Dlatent.datasets=FOLDER} says where they are. */
@Tag("datasets")
class MovieLensDatasetsTest {

    @TempDir
    Path home;

    private static Path folder(String name) {
        String parent = System.getProperty("latent.datasets");
        assertThat(parent).as("system property latent.datasets").isNotBlank();
        Path folder = Path.of(parent).resolve(name);
        assertThat(folder).isDirectory();
        return folder;
    }

    private void check(String name, RepeatPolicy policy, long users, long items, long records, long itemRecords)
            throws IOException {
        try (InteractionStore store = StoreFixture.open(home)) {
            store.createDataset(name, policy);
            ImportResult result = store.importPath(name, folder(name), ImportOptions.defaults());
            assertThat(result.problems()).isEmpty();
            DatasetStats stats = store.stats(name);
            assertThat(List.of(stats.users(), stats.items(), stats.interactions(), stats.itemRecords()))
                    .containsExactly(users, items, records, itemRecords);
            assertThat(store.verify(name)).isEmpty();
            SnapshotFiles.write(store, name, SnapshotOptions.defaults(), home.resolve("snapshot-" + name));
        }
        try (StoredSnapshot snapshot = StoredSnapshot.open(home.resolve("snapshot-" + name))) {
            assertThat((long) snapshot.userCount()).isEqualTo(users);
            assertThat((long) snapshot.itemCount()).isEqualTo(items);
            assertThat(snapshot.byItem().count()).isEqualTo(snapshot.interactionCount());
        }
    }

    @Test
    void latestSmall_asItIs() throws IOException {
        check("ml-latest-small", RepeatPolicy.LAST, 610, 9_724, 100_836, 9_742);
        try (StoredSnapshot snapshot = StoredSnapshot.open(home.resolve("snapshot-ml-latest-small"))) {
            assertThat(snapshot.interactionCount()).isEqualTo(100_836);
            assertThat(snapshot.itemFeatureNames().orElseThrow().size()).isEqualTo(19);
        }
    }

    @Test
    void hundredThousand_asItIs() throws IOException {
        check("ml-100k", RepeatPolicy.LAST, 943, 1_682, 100_000, 1_682);
        try (InteractionStore store = StoreFixture.open(home)) {
            assertThat(store.findItem("ml-100k", "1").orElseThrow().categories())
                    .containsExactly("Animation", "Children's", "Comedy");
            assertThat(store.findItem("ml-100k", "543").orElseThrow().title()).isEqualTo("Misérables, Les (1995)");
        }
    }

    @Test
    void otherSets_haveTheCountsOfTheirIndex() throws IOException {
        check("movietweetings-10k", RepeatPolicy.LAST, 3_794, 3_096, 10_000, 3_096);
        check("lastfm-hetrec2011", RepeatPolicy.SUM, 1_892, 17_632, 92_834, 17_632);
        check("online-retail", RepeatPolicy.SUM, 4_334, 3_659, 396_337, 3_659);
        check("msweb", RepeatPolicy.LAST, 37_711, 286, 113_845, 294);
        check("filmtrust", RepeatPolicy.LAST, 1_508, 2_071, 35_497, 0);
        assertThat(Files.isDirectory(home)).isTrue();
    }
}
