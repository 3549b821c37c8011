package dev.latent.training;

import dev.latent.interactions.DatasetNotFoundException;
import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.SnapshotFiles;
import dev.latent.interactions.SnapshotInfo;
import dev.latent.interactions.SnapshotOptions;
import dev.latent.interactions.TypeWeights;
import dev.latent.storage.FileOperations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots that runs share: one directory each, named by the revision of the dataset and a hash of what went into it, so
 * that a name never means two contents. Written under a pending name and renamed when whole. Thread-safe.
 *
 * <p>One that no run uses is deleted when the dataset has changed or is gone, and else the longest unused first, when all
 * together are larger than allowed.
 */
final class SnapshotCache {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotCache.class);
    private static final String PENDING = ".pending-";
    private static final int HASH_DIGITS = 16;

    private final Path directory;
    private final InteractionStore interactions;
    private final long limitBytes;
    private final FileOperations operations;
    private final Clock clock;
    private final Map<String, ReentrantLock> writing = new ConcurrentHashMap<>();
    private final Map<Path, Integer> users = new TreeMap<>(); // guarded by this
    private final Set<Path> distrusted = new HashSet<>(); // guarded by this
    private final AtomicLong pending = new AtomicLong();

    SnapshotCache(
            Path directory, InteractionStore interactions, long limitBytes, FileOperations operations, Clock clock) {
        this.directory = directory;
        this.interactions = interactions;
        this.limitBytes = limitBytes;
        this.operations = operations;
        this.clock = clock;
    }

    /** A snapshot that is not deleted before it is closed. */
    final class Lease implements AutoCloseable {
        private final Path path;
        private final SnapshotInfo info;
        private final boolean isFound;
        private boolean closed;

        private Lease(Path path, SnapshotInfo info, boolean isFound) {
            this.path = path;
            this.info = info;
            this.isFound = isFound;
        }

        Path path() {
            return path;
        }

        SnapshotInfo info() {
            return info;
        }

        /** Whether an earlier run had written it. */
        boolean isFound() {
            return isFound;
        }

        @Override
        public void close() {
            synchronized (SnapshotCache.this) {
                if (!closed) {
                    closed = true;
                    users.merge(path, -1, Integer::sum);
                    users.remove(path, 0);
                }
            }
            prune();
        }
    }

    /** Removes what an earlier process left half written, and what is out of date. */
    void open() throws IOException {
        Files.createDirectories(directory);
        for (Path path : entries()) {
            if (isPending(path)) {
                operations.deleteTree(path);
            }
        }
        prune();
    }

    /** Returns the snapshot of a dataset as it is now, written unless there is one. */
    Lease take(String dataset, SortedMap<String, Float> weights) throws IOException, InterruptedException {
        String revision = interactions.revision(dataset);
        String name = revision + "-" + hash(dataset, weights);
        ReentrantLock lock = writing.computeIfAbsent(name, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            Path path = directory.resolve(name);
            if (use(path)) {
                Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
                return new Lease(path, SnapshotFiles.info(path), true);
            }
            return write(dataset, weights, revision, path);
        } finally {
            lock.unlock();
        }
    }

    private synchronized boolean use(Path path) {
        boolean exists = Files.isDirectory(path) && !distrusted.contains(path);
        if (exists) {
            users.merge(path, 1, Integer::sum);
        }
        return exists;
    }

    private Lease write(String dataset, SortedMap<String, Float> weights, String revision, Path path)
            throws IOException {
        Path written = directory.resolve(PENDING + path.getFileName() + "-" + pending.incrementAndGet());
        SnapshotInfo info;
        try {
            info = SnapshotFiles.write(interactions, dataset, new SnapshotOptions(new TypeWeights(weights)), written);
        } catch (IOException | RuntimeException e) {
            operations.deleteTree(written);
            throw e;
        }
        boolean isOfRevision = interactions.revision(dataset).equals(revision);
        synchronized (this) {
            Path kept = isOfRevision ? path : written; // what changed meanwhile is for this run alone
            if (isOfRevision && distrusted.contains(path)) {
                kept = written; // the name is taken until the last run has left it
            } else if (isOfRevision) {
                operations.move(written, path);
                operations.forceDirectory(directory);
            }
            users.merge(kept, 1, Integer::sum);
            return new Lease(kept, info, false);
        }
    }

    private static String hash(String dataset, SortedMap<String, Float> weights) {
        String text = "snapshot 1\n" + dataset + "\n" + weights;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    /** Lets no further run use a snapshot that one failed on; it is deleted once nobody uses it. */
    synchronized void distrust(Path path) {
        distrusted.add(path);
    }

    /** Deletes unused snapshots that are out of date, and the longest unused beyond the limit. */
    void prune() {
        Set<String> current = interactions.datasets().stream()
                .flatMap(dataset -> revision(dataset.name()))
                .collect(Collectors.toSet());
        synchronized (this) {
            try {
                List<Path> kept = new ArrayList<>();
                for (Path path : entries()) {
                    if (users.containsKey(path) || isOfUse(path, current)) {
                        kept.add(path);
                    } else if (!isBeingWritten(path)) {
                        delete(path);
                    }
                }
                pruneToLimit(kept);
            } catch (IOException e) {
                LOG.warn("Snapshots in {} cannot be cleared away", directory, e);
            }
        }
    }

    private boolean isOfUse(Path path, Set<String> current) {
        return !isPending(path) && !distrusted.contains(path) && current.contains(revisionOf(path));
    }

    private Stream<String> revision(String dataset) {
        return interactions.findDataset(dataset).stream().flatMap(_ -> {
            try {
                return Stream.of(interactions.revision(dataset));
            } catch (DatasetNotFoundException e) {
                return Stream.empty(); // deleted in between
            }
        });
    }

    private void pruneToLimit(List<Path> kept) throws IOException {
        Map<Path, Long> sizes = new TreeMap<>();
        Map<Path, FileTime> used = new TreeMap<>();
        long total = 0;
        for (Path path : kept) {
            if (!isPending(path)) {
                long bytes = SnapshotFiles.bytes(path);
                sizes.put(path, bytes);
                used.put(path, Files.getLastModifiedTime(path));
                total += bytes;
            }
        }
        List<Path> oldestFirst = new ArrayList<>(sizes.keySet());
        oldestFirst.sort(Comparator.comparing(used::get));
        for (Path path : oldestFirst) {
            if (total > limitBytes && !users.containsKey(path)) {
                delete(path);
                total -= sizes.getOrDefault(path, 0L);
            }
        }
    }

    private void delete(Path path) {
        try {
            operations.deleteTree(path);
            distrusted.remove(path);
        } catch (IOException e) {
            LOG.warn("Snapshot {} cannot be deleted", path, e);
        }
    }

    private boolean isBeingWritten(Path path) {
        return isPending(path)
                && writing.entrySet().stream()
                        .anyMatch(entry -> entry.getValue().isLocked()
                                && path.getFileName().toString().startsWith(PENDING + entry.getKey()));
    }

    private static boolean isPending(Path path) {
        return path.getFileName().toString().startsWith(PENDING);
    }

    private static String revisionOf(Path path) {
        String name = path.getFileName().toString();
        return name.substring(0, Math.max(0, name.length() - HASH_DIGITS - 1));
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList();
        }
    }
}
