package dev.latent.interactions;

import static dev.latent.interactions.StoreFixture.rating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Damage is reported by whoever meets it, never skipped. */
class CorruptStoreTest {

    @TempDir
    Path home;

    private interface Damage {
        void put(WriteBatch batch, ColumnFamilyHandle handle) throws RocksDBException;
    }

    private static void damage(InteractionStore store, Damage damage) {
        store.in("films", family -> {
            try (WriteBatch batch = new WriteBatch()) {
                damage.put(batch, family.handle());
                family.database().write(batch);
                return 0;
            } catch (RocksDBException exception) {
                throw new IllegalStateException(exception);
            }
        });
    }

    private InteractionStore open() {
        InteractionStore store = StoreFixture.open(home.resolve("store"));
        if (store.findDataset("films").isEmpty()) {
            store.createDataset("films", RepeatPolicy.LAST);
            store.append("films", List.of(rating("ann", "x", 1, 1), rating("bob", "x", 1, 1)));
        }
        return store;
    }

    private void checkRecordsRefused(InteractionStore store, String reason) {
        assertThatThrownBy(() -> store.history("films", "ann"))
                .isInstanceOf(CorruptInteractionsException.class)
                .hasMessageContaining("films")
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> store.read("films", "ann", 10, "")).isInstanceOf(CorruptInteractionsException.class);
        assertThatThrownBy(
                        () -> SnapshotFiles.write(store, "films", SnapshotOptions.defaults(), home.resolve("snapshot")))
                .isInstanceOf(CorruptInteractionsException.class);
        assertThat(store.verify("films")).isNotEmpty();
        assertThat(store.history("films", "bob").size()).isEqualTo(1);
    }

    @Test
    void lengthNotOfRecords_isReported() {
        try (InteractionStore store = open()) {
            damage(store, (batch, handle) -> batch.merge(handle, KeyFormat.records(0, 0), new byte[5]));
            checkRecordsRefused(store, "23 bytes, expected a multiple of 18");
        }
    }

    @Test
    void unknownItemNumber_isReported() {
        try (InteractionStore store = open()) {
            byte[] record = new byte[RecordFormat.BYTES];
            RecordFormat.write(record, 0, 77, 1, 1, 0);
            damage(store, (batch, handle) -> batch.merge(handle, KeyFormat.records(0, 0), record));
            checkRecordsRefused(store, "item number 77");
        }
    }

    @Test
    void unknownTypeNumber_isReported() {
        try (InteractionStore store = open()) {
            byte[] record = new byte[RecordFormat.BYTES];
            RecordFormat.write(record, 0, 0, 1, 1, 9);
            damage(store, (batch, handle) -> batch.merge(handle, KeyFormat.records(0, 0), record));
            checkRecordsRefused(store, "type number 9");
        }
    }

    @Test
    void recordsWithoutId_areReported() {
        try (InteractionStore store = open()) {
            damage(store, (batch, handle) -> batch.delete(handle, KeyFormat.ofText(KeyFormat.USER_NUMBER, "ann")));
            assertThat(store.verify("films")).anyMatch(problem -> problem.contains("users that have records differ"));
            assertThatThrownBy(() ->
                            SnapshotFiles.write(store, "films", SnapshotOptions.defaults(), home.resolve("snapshot")))
                    .isInstanceOf(CorruptInteractionsException.class);
        }
    }

    @Test
    void wrongCounters_areReported() {
        try (InteractionStore store = open()) {
            damage(store, (batch, handle) -> {
                byte[] record = new byte[RecordFormat.BYTES];
                RecordFormat.write(record, 0, 0, 1, 1, 0);
                batch.merge(handle, KeyFormat.records(0, 0), record);
            });
            assertThat(store.verify("films")).singleElement().asString().contains("counted were");
        }
    }

    @Test
    void countersOfANewerFormat_areRefused() {
        try (InteractionStore store = open()) {
            damage(store, (batch, handle) -> batch.put(handle, KeyFormat.state(), new byte[] {9}));
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(CorruptInteractionsException.class)
                .hasMessageContaining("format 9");
    }

    @Test
    void flippedBitInATableFile_isReportedNotSkipped() throws IOException {
        try (InteractionStore store = open()) {
            store.in("films", family -> {
                family.database().flush(family.handle());
                return 0;
            });
        }
        flip(".sst", 40);
        assertThatThrownBy(this::open)
                .isInstanceOf(CorruptInteractionsException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void flippedBitInTheLog_refusesToOpen() throws IOException {
        try (InteractionStore store = open()) {
            store.append("films", List.of(rating("cas", "x", 1, 1)));
        }
        flip(".log", 60);
        assertThatThrownBy(this::open)
                .isInstanceOf(CorruptInteractionsException.class)
                .hasMessageContaining("checksum");
    }

    private void flip(String suffix, int position) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("store").resolve("db"))) {
            Path file = files.filter(path -> path.toString().endsWith(suffix))
                    .max(Comparator.comparingLong(path -> path.toFile().length()))
                    .orElseThrow();
            byte[] content = Files.readAllBytes(file);
            content[position] ^= 0x40;
            Files.write(file, content);
        }
    }
}
