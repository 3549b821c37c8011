package dev.latent.interactions;

import static dev.latent.interactions.StoreFixture.rating;
import static dev.latent.interactions.StoreFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.SparseRows;
import dev.latent.storage.CorruptFileException;
import dev.latent.storage.FileOperations;
import dev.latent.storage.FileTooNewException;
import dev.latent.storage.StoredFileException;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

    @TempDir
    Path home;

    private InteractionStore store;

    @BeforeEach
    void open() {
        store = StoreFixture.open(home.resolve("store"));
        store.createDataset("films", RepeatPolicy.LAST);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path write(String dataset, TypeWeights weights) throws IOException {
        Path directory = home.resolve("snapshot" + System.nanoTime());
        SnapshotFiles.write(store, dataset, new SnapshotOptions(weights), directory);
        return directory;
    }

    /** A matrix as lines, row by row. */
    private static List<String> describe(SparseRows rows, StringTable rowIds, StringTable columnIds) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows.rows(); row++) {
            for (long entry = rows.start(row); entry < rows.end(row); entry++) {
                lines.add(rowIds.get(row) + " " + columnIds.get(rows.index(entry)) + " " + rows.value(entry) + " "
                        + rows.time(entry));
            }
        }
        return lines;
    }

    private static List<String> strings(StringTable table) {
        return Stream.iterate(0L, number -> number + 1)
                .limit(table.size())
                .map(table::get)
                .toList();
    }

    @Test
    void roundTrip_showsBothSidesSortedById() throws IOException {
        store.append(
                "films",
                List.of(
                        rating("bob", "z", 2, 20),
                        rating("ann", "z", 1, 10),
                        rating("\uFF5A", "é", 5, 50),
                        rating("\uD83D\uDC7D", "y", 6, 60),
                        rating("bob", "a", 3, 30),
                        rating("bob", "z", 4, 40)));
        store.putItems("films", List.of(ItemRecord.of("unseen", "U", "Noir")));
        try (StoredSnapshot snapshot = StoredSnapshot.open(write("films", TypeWeights.ALL))) {
            assertThat(strings(snapshot.users())).containsExactly("ann", "bob", "\uFF5A", "\uD83D\uDC7D");
            assertThat(strings(snapshot.items())).containsExactly("a", "y", "z", "é");
            assertThat(snapshot.userCount()).isEqualTo(4);
            assertThat(snapshot.itemCount()).isEqualTo(4);
            assertThat(snapshot.interactionCount()).isEqualTo(5);
            assertThat(describe(snapshot.byUser(), snapshot.users(), snapshot.items()))
                    .containsExactly(
                            "ann z 1.0 10", "bob a 3.0 30", "bob z 4.0 40", "\uFF5A é 5.0 50", "\uD83D\uDC7D y 6.0 60");
            assertThat(describe(snapshot.byItem(), snapshot.items(), snapshot.users()))
                    .containsExactly(
                            "a bob 3.0 30", "y \uD83D\uDC7D 6.0 60", "z ann 1.0 10", "z bob 4.0 40", "é \uFF5A 5.0 50");
            assertThat(snapshot.itemFeatures()).isEmpty();
            assertThat(snapshot.fingerprint()).matches("[0-9a-f]{64}");
            assertThat(snapshot.info().dataset()).isEqualTo("films");
            assertThat(snapshot.byUser().indices().address() % 64).isZero();
        }
    }

    @Test
    void snapshotUntilAMoment_isThatOfTheDatasetThen() throws IOException {
        List<Interaction> then =
                List.of(rating("ann", "z", 1, 10), rating("bob", "z", 2, 20), rating("bob", "a", 3, 0));
        store.append("films", then);
        String before = fingerprint(write("films", TypeWeights.ALL));
        store.append("films", List.of(rating("bob", "z", 5, 21), rating("new", "z", 4, 30), rating("ann", "b", 4, 40)));
        Path until = home.resolve("until");
        Path rows = home.resolve("rows");
        SnapshotOptions options = new SnapshotOptions(TypeWeights.ALL, 20);

        assertThat(SnapshotFiles.write(store, "films", options, until).fingerprint())
                .isEqualTo(before)
                .isNotEqualTo(fingerprint(write("films", TypeWeights.ALL)));
        List<Interaction> all = new ArrayList<>(then);
        all.add(rating("bob", "z", 5, 21));
        assertThat(SnapshotFiles.of(all, List.of(), List.of(), RepeatPolicy.LAST, options, rows)
                        .fingerprint())
                .isEqualTo(before);
    }

    @Test
    void sameContentInAnyOrder_hasTheSameFingerprint() throws IOException {
        List<Interaction> rows = randomRows(4_000, 3);
        List<ItemRecord> items = List.of(ItemRecord.of("i3", "x", "B", "A"), ItemRecord.of("i5", "y", "A"));
        store.append("films", rows);
        store.putItems("films", items);
        List<UserRecord> users = List.of(new UserRecord("u3", List.of("Fan"), Map.of()));
        store.putUsers("films", users);
        List<Interaction> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(5));
        store.createDataset("other", RepeatPolicy.LAST);
        store.append("other", List.of(rating("deleted", "i1", 1, 1), rating("deleted", "gone", 1, 1)));
        for (int from = 0; from < shuffled.size(); from += 500) {
            store.append("other", shuffled.subList(from, from + 500));
        }
        store.deleteUser("other", "deleted");
        store.putItems("other", items);
        store.putUsers("other", users);
        String fingerprint = fingerprint(write("films", TypeWeights.ALL));
        assertThat(fingerprint(write("other", TypeWeights.ALL))).isEqualTo(fingerprint);
        Path inMemory = home.resolve("in memory");
        SnapshotFiles.of(shuffled, items, users, RepeatPolicy.LAST, SnapshotOptions.defaults(), inMemory);
        assertThat(fingerprint(inMemory)).isEqualTo(fingerprint);
        store.putItems("other", List.of(ItemRecord.of("i5", "y", "B")));
        assertThat(fingerprint(write("other", TypeWeights.ALL))).isNotEqualTo(fingerprint);
        store.append("films", List.of(rating("u1", "i1", 9, 1_000_000)));
        assertThat(fingerprint(write("films", TypeWeights.ALL))).isNotEqualTo(fingerprint);
    }

    private static String fingerprint(Path directory) throws IOException {
        try (StoredSnapshot snapshot = StoredSnapshot.open(directory)) {
            return snapshot.fingerprint();
        }
    }

    private static List<Interaction> randomRows(int count, long seed) {
        Random random = new Random(seed);
        List<Interaction> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            rows.add(rating("u" + random.nextInt(90), "i" + random.nextInt(70), 1 + random.nextInt(5), row + 1));
        }
        return rows;
    }

    @Test
    void manyWindows_makeTheSameMatrixByItem() throws IOException {
        List<Interaction> rows = randomRows(3_000, 8);
        Path directory = Files.createDirectory(home.resolve("windows"));
        RowsSource source = new RowsSource(rows, List.of(), List.of(), RepeatPolicy.LAST, TypeWeights.ALL);
        try (Arena arena = Arena.ofShared()) {
            PairSpool spool = PairSpool.write(source, directory.resolve("spool"), arena);
            SnapshotSections sections = new SnapshotSections(directory, "x", FileOperations.system());
            SnapshotInfo info = new SnapshotWriter(source, sections, spool, 37).write("x", directory, "x");
            SparseRows byUser = SnapshotLayout.rows(directory, "x", "by_user", info.users(), info.items(), true, arena);
            SparseRows byItem = SnapshotLayout.rows(directory, "x", "by_item", info.items(), info.users(), true, arena);
            TreeMap<Long, String> pairs = new TreeMap<>();
            for (int user = 0; user < info.users(); user++) {
                for (long entry = byUser.start(user); entry < byUser.end(user); entry++) {
                    pairs.put((long) byUser.index(entry) << 32 | user, byUser.value(entry) + " " + byUser.time(entry));
                }
            }
            List<String> actual = new ArrayList<>();
            for (int item = 0; item < info.items(); item++) {
                for (long entry = byItem.start(item); entry < byItem.end(item); entry++) {
                    actual.add(item + " " + byItem.index(entry) + " " + byItem.value(entry) + " " + byItem.time(entry));
                }
            }
            List<String> expected = new ArrayList<>();
            pairs.forEach((key, text) -> expected.add((key >> 32) + " " + (key & 0xFFFF_FFFFL) + " " + text));
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void typeWeights_sumTypesAndLeaveOthersOut() throws IOException {
        store.append(
                "films",
                List.of(
                        rating("ann", "x", 4, 10),
                        row("ann", "x", 2, 30, "view"),
                        row("ann", "y", 1, 20, "hate"),
                        row("bob", "y", 1, 20, "hate"),
                        row("cas", "z", 3, 0, "view")));
        try (StoredSnapshot snapshot =
                StoredSnapshot.open(write("films", TypeWeights.of(Map.of("rating", 1f, "view", 0.5f, "none", 1f))))) {
            assertThat(describe(snapshot.byUser(), snapshot.users(), snapshot.items()))
                    .containsExactly("ann x 5.0 30", "cas z 1.5 0");
        }
    }

    @Test
    void policies_combineAsHistoryDoes() throws IOException {
        for (RepeatPolicy policy : RepeatPolicy.values()) {
            String dataset = "d-" + policy.name().toLowerCase(java.util.Locale.ROOT);
            store.createDataset(dataset, policy);
            store.append(dataset, randomRows(9_000, 11));
            try (StoredSnapshot snapshot = StoredSnapshot.open(write(dataset, TypeWeights.ALL))) {
                List<String> expected = new ArrayList<>();
                for (String user : strings(snapshot.users())) {
                    UserHistory history = store.history(dataset, user);
                    TreeMap<String, String> byItem = new TreeMap<>();
                    for (int entry = 0; entry < history.size(); entry++) {
                        byItem.put(history.itemId(entry), history.value(entry) + " " + history.time(entry));
                    }
                    byItem.forEach((item, text) -> expected.add(user + " " + item + " " + text));
                }
                assertThat(describe(snapshot.byUser(), snapshot.users(), snapshot.items()))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void heavyUser_ofManyChunks_isOneRow() throws IOException {
        List<Interaction> rows = new ArrayList<>();
        for (int row = 0; row < 7_000; row++) {
            rows.add(rating("heavy", "i" + row, row, 0));
        }
        store.append("films", rows);
        try (StoredSnapshot snapshot = StoredSnapshot.open(write("films", TypeWeights.ALL))) {
            assertThat(snapshot.byUser().length(0)).isEqualTo(7_000);
            assertThat(snapshot.itemCount()).isEqualTo(7_000);
            assertThat(snapshot.byUser().times().byteSize()).isZero();
            assertThat(snapshot.info().times()).isFalse();
        }
    }

    @Test
    void categories_becomeOneHotFeatures() throws IOException {
        store.append("films", List.of(rating("ann", "x", 1, 1), rating("ann", "y", 1, 1), rating("ann", "z", 1, 1)));
        store.putItems(
                "films",
                List.of(
                        ItemRecord.of("z", "Z", "Noir", "Action"),
                        ItemRecord.of("x", "X", "Noir"),
                        ItemRecord.of("unseen", "U", "Western")));
        try (StoredSnapshot snapshot = StoredSnapshot.open(write("films", TypeWeights.ALL))) {
            StringTable names = snapshot.itemFeatureNames().orElseThrow();
            assertThat(strings(names)).containsExactly("Action", "Noir");
            assertThat(describe(snapshot.itemFeatures().orElseThrow(), snapshot.items(), names))
                    .containsExactly("x Noir 1.0 0", "z Action 1.0 0", "z Noir 1.0 0");
        }
    }

    @Test
    void attributesThatItemsShare_becomeFeatures() throws IOException {
        store.append("films", List.of(rating("ann", "x", 1, 1), rating("ann", "y", 1, 1), rating("ann", "z", 1, 1)));
        store.putItems(
                "films",
                List.of(
                        new ItemRecord("x", "X", List.of("Noir"), Map.of("year", "1944", "url", "x.example"), true),
                        new ItemRecord("y", "Y", List.of(), Map.of("year", "1944", "url", "y.example"), true),
                        new ItemRecord("z", "Z", List.of(), Map.of("year", "1999"), true)));
        try (StoredSnapshot snapshot = StoredSnapshot.open(write("films", TypeWeights.ALL))) {
            StringTable names = snapshot.itemFeatureNames().orElseThrow();
            assertThat(strings(names)).containsExactly("Noir", "year=1944");
            assertThat(describe(snapshot.itemFeatures().orElseThrow(), snapshot.items(), names))
                    .containsExactly("x Noir 1.0 0", "x year=1944 1.0 0", "y year=1944 1.0 0");
        }
    }

    @Test
    void categoriesAndSharedAttributesOfUsers_becomeFeatures() throws IOException {
        store.append("films", List.of(rating("ann", "x", 1, 1), rating("bob", "x", 1, 1), rating("cid", "y", 1, 1)));
        String without = fingerprint(write("films", TypeWeights.ALL));
        store.putUsers("films", List.of(new UserRecord("nobody", List.of("Critic"), Map.of())));
        assertThat(fingerprint(write("films", TypeWeights.ALL))).isEqualTo(without);
        store.putUsers(
                "films",
                List.of(
                        new UserRecord("ann", List.of("Fan"), Map.of("country", "DE", "mail", "a")),
                        new UserRecord("cid", List.of(), Map.of("country", "DE", "mail", "c"))));
        try (StoredSnapshot snapshot = StoredSnapshot.open(write("films", TypeWeights.ALL))) {
            StringTable names = snapshot.userFeatureNames().orElseThrow();
            assertThat(strings(names)).containsExactly("Fan", "country=DE");
            assertThat(describe(snapshot.userFeatures().orElseThrow(), snapshot.users(), names))
                    .containsExactly("ann Fan 1.0 0", "ann country=DE 1.0 0", "cid country=DE 1.0 0");
            assertThat(snapshot.itemFeatures()).isEmpty();
            assertThat(snapshot.fingerprint()).isNotEqualTo(without);
        }
    }

    @Test
    void emptyDataset_isAnEmptySnapshot() throws IOException {
        try (StoredSnapshot snapshot = StoredSnapshot.open(write("films", TypeWeights.ALL))) {
            assertThat(snapshot.userCount()).isZero();
            assertThat(snapshot.itemCount()).isZero();
            assertThat(snapshot.byUser().count()).isZero();
            assertThat(snapshot.byItem().count()).isZero();
        }
    }

    @Test
    void sumBeyondFloat_isRefused() {
        store.createDataset("sums", RepeatPolicy.SUM);
        store.append("sums", List.of(rating("ann", "x", 3e38, 1), rating("ann", "x", 3e38, 1)));
        assertThatThrownBy(() -> write("sums", TypeWeights.ALL))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("beyond float32");
    }

    @Test
    void unknownDataset_isNotFound() {
        assertThatThrownBy(() -> write("nowhere", TypeWeights.ALL)).isInstanceOf(DatasetNotFoundException.class);
    }

    @Test
    void everyDamagedFile_isRefused() throws IOException {
        store.append("films", randomRows(500, 1));
        store.putItems("films", List.of(ItemRecord.of("i3", "x", "A")));
        store.putUsers("films", List.of(new UserRecord("u3", List.of("Fan"), Map.of())));
        Path good = write("films", TypeWeights.ALL);
        store.append("films", List.of(rating("u1", "i1", 4, 1_000_000)));
        Path other = write("films", TypeWeights.ALL);
        List<Path> files;
        try (Stream<Path> list = Files.list(good)) {
            files = list.sorted().toList();
        }
        assertThat(files).hasSize(23);
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            byte[] flipped = content.clone();
            flipped[content.length / 2] ^= 0x10;
            byte[] namesake = Files.readAllBytes(other.resolve(file.getFileName()));
            for (byte[] bad :
                    List.of(new byte[0], java.util.Arrays.copyOf(content, content.length - 7), flipped, namesake)) {
                if (!java.util.Arrays.equals(bad, content)) {
                    Files.write(file, bad);
                    assertThatThrownBy(() -> StoredSnapshot.open(good).close())
                            .as(file.toString())
                            .isInstanceOf(StoredFileException.class);
                }
            }
            Files.delete(file);
            assertThatThrownBy(() -> StoredSnapshot.open(good).close())
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("missing");
            Files.write(file, content);
        }
        StoredSnapshot.open(good).close();
    }

    @Test
    void newerFormat_isTooNew() throws IOException {
        Path directory = write("films", TypeWeights.ALL);
        Path info = directory.resolve("snapshot.json");
        Files.writeString(info, Files.readString(info).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
        assertThatThrownBy(() -> StoredSnapshot.open(directory)).isInstanceOf(FileTooNewException.class);
    }
}
