package dev.latent.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.interactions.Interaction;
import dev.latent.interactions.RepeatPolicy;
import dev.latent.interactions.SnapshotFiles;
import dev.latent.interactions.StoredSnapshot;
import dev.latent.storage.FileOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that runs share. */
class SnapshotCacheTest {

    private static final SortedMap<String, Float> ALL = Collections.emptySortedMap();
    private static final long LARGE = 1L << 40;

    @TempDir
    private Path directory;

    private TestHome home;
    private Path snapshots;

    @BeforeEach
    void open() throws IOException {
        home = TestHome.create(directory.resolve("home"));
        snapshots = directory.resolve("snapshots");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private SnapshotCache cache(long limit, Instant now) throws IOException {
        SnapshotCache cache = new SnapshotCache(
                snapshots, home.interactions, limit, FileOperations.system(), Clock.fixed(now, ZoneOffset.UTC));
        cache.open();
        return cache;
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> paths = Files.list(snapshots)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private void write(String user) {
        home.interactions.append("films", List.of(new Interaction(user, "i1", 1, 7, "rating")));
    }

    @Test
    void take_unchangedDataset_isTheSameFilesAlsoAfterARestart() throws Exception {
        Path first;
        try (SnapshotCache.Lease lease = cache(LARGE, Instant.EPOCH).take("films", ALL)) {
            first = lease.path();
            assertThat(lease.isFound()).isFalse();
        }
        try (SnapshotCache.Lease lease = cache(LARGE, Instant.EPOCH).take("films", ALL);
                StoredSnapshot snapshot = StoredSnapshot.open(lease.path())) {
            assertThat(lease.path()).isEqualTo(first);
            assertThat(lease.isFound()).isTrue();
            assertThat(lease.info()).isEqualTo(snapshot.info());
        }
    }

    @Test
    void take_otherTypeWeights_isAnotherSnapshot() throws Exception {
        SnapshotCache cache = cache(LARGE, Instant.EPOCH);
        try (SnapshotCache.Lease all = cache.take("films", ALL);
                SnapshotCache.Lease twice = cache.take("films", new TreeMap<>(Map.of("rating", 2f)))) {
            assertThat(twice.path()).isNotEqualTo(all.path());
            assertThat(twice.info().fingerprint()).isNotEqualTo(all.info().fingerprint());
        }
        assertThat(kept()).hasSize(2);
    }

    @Test
    void take_changedDataset_isNewAndTheOldGoesWhenNobodyUsesIt() throws Exception {
        SnapshotCache cache = cache(LARGE, Instant.EPOCH);
        SnapshotCache.Lease old = cache.take("films", ALL);
        write("new");

        try (SnapshotCache.Lease now = cache.take("films", ALL)) {
            assertThat(now.path()).isNotEqualTo(old.path());
            assertThat(now.info().users()).isEqualTo(old.info().users() + 1);
            StoredSnapshot.open(old.path()).close();
            old.close();
            assertThat(old.path()).doesNotExist();
        }
        assertThat(kept()).hasSize(1);
    }

    @Test
    void prune_deletedDataset_removesItsSnapshots() throws Exception {
        home.interactions.createDataset("films2", RepeatPolicy.LAST);
        home.interactions.append("films2", List.of(new Interaction("a", "b", 1, 7, "rating")));
        SnapshotCache cache = cache(LARGE, Instant.EPOCH);
        cache.take("films2", ALL).close();
        cache.take("films", ALL).close();
        assertThat(kept()).hasSize(2);

        home.interactions.deleteDataset("films2");
        cache.prune();

        assertThat(kept()).hasSize(1);
    }

    @Test
    void take_beyondTheLimit_deletesTheLongestUnused() throws Exception {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        List<Path> paths = new ArrayList<>();
        for (int weight = 1; weight <= 3; weight++) {
            try (SnapshotCache.Lease lease = cache(LARGE, now.plus(Duration.ofHours(weight)))
                    .take("films", new TreeMap<>(Map.of("rating", (float) weight)))) {
                paths.add(lease.path());
            }
            Files.setLastModifiedTime(paths.getLast(), FileTime.from(now.plus(Duration.ofHours(weight))));
        }
        long one = SnapshotFiles.bytes(paths.getFirst());
        cache(LARGE, now.plus(Duration.ofHours(9)))
                .take("films", new TreeMap<>(Map.of("rating", 1f)))
                .close(); // used again

        cache(2 * one + one / 2, now).prune();

        assertThat(paths.get(0)).exists();
        assertThat(paths.get(1)).doesNotExist();
        assertThat(paths.get(2)).exists();
    }

    @Test
    void open_afterAStopInTheMiddle_removesWhatIsHalfWritten() throws Exception {
        Files.createDirectories(snapshots.resolve(".pending-dataset-1-1-0123456789abcdef-1"));

        cache(LARGE, Instant.EPOCH);

        assertThat(kept()).isEmpty();
    }

    @Test
    void take_byManyAtOnce_writesOnce() throws Exception {
        SnapshotCache cache = cache(LARGE, Instant.EPOCH);
        List<SnapshotCache.Lease> leases = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    leases.add(cache.take("films", ALL));
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(leases).hasSize(4).extracting(SnapshotCache.Lease::isFound).containsOnlyOnce(false);
        leases.forEach(SnapshotCache.Lease::close);
        assertThat(kept()).hasSize(1);
    }

    @Test
    void distrust_whatARunFailedOn_isWrittenAnew() throws Exception {
        SnapshotCache cache = cache(LARGE, Instant.EPOCH);
        try (SnapshotCache.Lease lease = cache.take("films", ALL)) {
            cache.distrust(lease.path());
            StoredSnapshot.open(lease.path()).close();
        }

        try (SnapshotCache.Lease lease = cache.take("films", ALL)) {
            assertThat(lease.isFound()).isFalse();
        }
    }
}
