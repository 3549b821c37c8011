package dev.latent.interactions;

import static dev.latent.interactions.StoreFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.SnapshotShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes told beforehand against snapshots that were written, and the word for a dataset's content. */
class SnapshotMeasureTest {

    @TempDir
    Path home;

    private InteractionStore store;

    @BeforeEach
    void open() {
        store = StoreFixture.open(home.resolve("store"));
        store.createDataset("films", RepeatPolicy.SUM);
        Random random = new Random(1);
        List<Interaction> rows = new ArrayList<>();
        for (int event = 0; event < 3_000; event++) {
            rows.add(row(
                    "user" + random.nextInt(80),
                    "item" + random.nextInt(40) * random.nextInt(2),
                    1,
                    random.nextInt(100),
                    random.nextInt(3) == 0 ? "buy" : "view"));
        }
        rows.add(row("only a view", "item1", 1, 5, "view"));
        store.append("films", rows);
        store.putItems("films", List.of(item("item3", "a", "b"), item("item5", "b"), item("unseen", "c")));
        store.putUsers("films", List.of(user("user7", "x"), user("user9", "x", "y"), user("unseen", "z")));
    }

    private static UserRecord user(String id, String... categories) {
        return new UserRecord(id, List.of(categories), Map.of("country", "DE", "only", id));
    }

    private static ItemRecord item(String id, String... categories) {
        return new ItemRecord(
                id,
                "",
                List.of(categories),
                Map.of("kind", "film", "only", id),
                true); // of the second, each has its own
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void measure_repeatsTypesAndFeatures_isWhatTheSnapshotHas() throws IOException {
        for (TypeWeights weights : List.of(TypeWeights.ALL, TypeWeights.of(Map.of("buy", 2f)))) {
            SnapshotOptions options = new SnapshotOptions(weights);
            Path directory = home.resolve("snapshot" + weights.byType().size());
            SnapshotFiles.write(store, "films", options, directory);

            SnapshotSize size = SnapshotFiles.measure(store, "films", options, Long.MAX_VALUE);

            assertThat(size.exact()).isTrue();
            try (StoredSnapshot snapshot = StoredSnapshot.open(directory);
                    Stream<Path> files = Files.list(directory)) {
                assertThat(size.shape()).isEqualTo(SnapshotShape.of(snapshot));
                List<Path> sections =
                        files.filter(file -> !file.endsWith("snapshot.json")).toList();
                long bytes = 0;
                for (Path section : sections) {
                    bytes += Files.size(section);
                }
                assertThat(size.bytes()).isBetween(bytes - 192L * sections.size(), bytes);
            }
        }
    }

    @Test
    void usersByItem_repeatsAndTypes_areTheRowsOfTheSnapshot() throws IOException {
        for (TypeWeights weights : List.of(TypeWeights.ALL, TypeWeights.of(Map.of("buy", 2f)))) {
            SnapshotOptions options = new SnapshotOptions(weights);
            Path directory = home.resolve("counted" + weights.byType().size());
            SnapshotFiles.write(store, "films", options, directory);
            Map<String, Integer> expected = new TreeMap<>();
            try (StoredSnapshot snapshot = StoredSnapshot.open(directory)) {
                for (int item = 0; item < snapshot.itemCount(); item++) {
                    expected.put(snapshot.items().get(item), snapshot.byItem().length(item));
                }
            }

            assertThat(SnapshotFiles.usersByItem(store, "films", options)).isEqualTo(expected);
        }
    }

    @Test
    void measure_moreThanMayBeRead_isAnUpperBound() throws IOException {
        SnapshotSize exact = SnapshotFiles.measure(store, "films", SnapshotOptions.defaults(), 10_000);

        SnapshotSize bound = SnapshotFiles.measure(store, "films", SnapshotOptions.defaults(), 100);

        assertThat(bound.exact()).isFalse();
        assertThat(bound.shape().users()).isEqualTo(exact.shape().users());
        assertThat(bound.shape().items()).isEqualTo(exact.shape().items());
        assertThat(bound.shape().interactions())
                .isEqualTo(Math.min(
                        3_001, (long) exact.shape().users() * exact.shape().items()));
        assertThat(bound.shape().longestUserRow())
                .isGreaterThanOrEqualTo(exact.shape().longestUserRow());
        assertThat(bound.shape().longestItemRow())
                .isGreaterThanOrEqualTo(exact.shape().longestItemRow());
    }

    @Test
    void bounds_ofMoreInteractionsThanAnIntCounts_doNotOverflow() {
        DatasetStats stats = new DatasetStats(
                2_000_000_000L,
                100_000,
                0,
                0,
                9_000_000_000L,
                new TreeMap<>(Map.of("buy", 5L, "view", 8_999_999_995L)));

        SnapshotSize size = SnapshotMeasure.atMost(stats, TypeWeights.ALL);

        assertThat(size.shape().interactions()).isEqualTo(9_000_000_000L);
        assertThat(size.shape().longestItemRow()).isEqualTo(2_000_000_000);
        assertThat(size.shape().longestUserRow()).isEqualTo(100_000);
        assertThat(size.bytes()).isGreaterThan(2 * 9_000_000_000L * 16);
        assertThat(SnapshotMeasure.atMost(stats, TypeWeights.of(Map.of("buy", 1f)))
                        .shape()
                        .interactions())
                .isEqualTo(5);
    }

    @Test
    void revision_isTheSameUntilAnythingChanges() {
        List<String> seen = new ArrayList<>(List.of(store.revision("films")));
        assertThat(store.revision("films")).isEqualTo(seen.getFirst());

        store.append("films", List.of(row("user1", "item1", 1, 5, "view")));
        seen.add(store.revision("films"));
        store.putItems("films", List.of(item("item5", "z")));
        seen.add(store.revision("films"));
        store.putUsers("films", List.of(new UserRecord("user1", List.of("z"), Map.of())));
        seen.add(store.revision("films"));
        store.deleteUser("films", "user1");
        seen.add(store.revision("films"));
        store.close();
        store = StoreFixture.open(home.resolve("store"));
        assertThat(store.revision("films")).isEqualTo(seen.getLast());
        store.deleteDataset("films");
        store.createDataset("films", RepeatPolicy.SUM);
        seen.add(store.revision("films"));

        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void state_ofEarlierFormats_isRead() {
        DatasetState state = new DatasetState();
        state.users = 7;
        state.revision = 5;
        state.userRecords = 3;
        byte[] now = state.encode();
        byte[] withoutUserRecords = Arrays.copyOf(now, now.length - Long.BYTES);
        withoutUserRecords[0] = 2;
        byte[] withoutRevision = Arrays.copyOf(now, now.length - 2 * Long.BYTES);
        withoutRevision[0] = 1;

        assertThat(DatasetState.decode("films", now).revision).isEqualTo(5);
        assertThat(DatasetState.decode("films", now).userRecords).isEqualTo(3);
        assertThat(DatasetState.decode("films", withoutUserRecords).revision).isEqualTo(5);
        assertThat(DatasetState.decode("films", withoutUserRecords).userRecords).isZero();
        assertThat(DatasetState.decode("films", withoutRevision).users).isEqualTo(7);
        assertThat(DatasetState.decode("films", withoutRevision).revision).isZero();
        byte[] later = now.clone();
        later[0] = 4;
        assertThatThrownBy(() -> DatasetState.decode("films", later)).hasMessageContaining("format 4");
    }

    /** Format byte 1, three counts, one file "u". */
    @Test
    void note_ofTheFormatWithoutUserRecords_isRead() {
        byte[] before = ByteBuffer.allocate(1 + 3 * Long.BYTES + 2 + 2 + 1)
                .put((byte) 1)
                .putLong(10)
                .putLong(20)
                .putLong(30)
                .putShort((short) 1)
                .putShort((short) 1)
                .put((byte) 'u')
                .array();
        ImportNote note = new ImportNote(1, 2, 3, 4, List.of("a", "b"));

        assertThat(ImportNote.decode("films", before)).isEqualTo(new ImportNote(10, 20, 0, 30, List.of("u")));
        assertThat(ImportNote.decode("films", note.encode())).isEqualTo(note);
    }
}
