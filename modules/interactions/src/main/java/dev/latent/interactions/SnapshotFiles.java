package dev.latent.interactions;

import dev.latent.storage.FileOperations;
import dev.latent.storage.JsonFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes snapshots, of datasets and of rows in memory; the format is described at {@link StoredSnapshot}. */
public final class SnapshotFiles {

    private static final String SPOOL = "pairs.tmp";

    private SnapshotFiles() {}

    /**
     * Writes what a dataset holds at this moment. Users and items are numbered in the order of their ids' bytes (UTF-8,
     * unsigned); those without an interaction that counts are left out, so equal content has equal numbers and an equal
     * fingerprint, however it arrived.
     *
     * @param store holds the dataset
     * @param dataset its name
     * @param options which interactions count
     * @param directory is created when absent and must be empty
     * @return what was written
     * @throws IOException when the files cannot be written; what is there is then of no use
     */
    public static SnapshotInfo write(InteractionStore store, String dataset, SnapshotOptions options, Path directory)
            throws IOException {
        return read(store, dataset, options, source -> write(source, dataset, directory));
    }

    /** What is made of a dataset as of one moment. */
    private interface Reading<R> {
        R of(PairSource source) throws IOException;
    }

    private static <R> R read(InteractionStore store, String dataset, SnapshotOptions options, Reading<R> reading)
            throws IOException {
        try {
            return store.in(dataset, family -> {
                try (DatasetSource source = new DatasetSource(family, options)) {
                    return reading.of(source);
                } catch (IOException exception) {
                    throw new UncheckedIOException(exception);
                }
            });
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
    }

    /**
     * Tells how large a snapshot would be, without writing it. A dataset of up to {@code scanLimit} stored interactions is
     * read through, some ten million a second; of a larger one, bounds are told from the counters, at no cost.
     *
     * @param store holds the dataset
     * @param dataset its name
     * @param options which interactions count
     * @param scanLimit how many stored interactions may be read
     * @return exact, or bounds that no snapshot of the moment exceeds but by its ids and features
     * @throws IOException when the dataset cannot be read
     */
    public static SnapshotSize measure(InteractionStore store, String dataset, SnapshotOptions options, long scanLimit)
            throws IOException {
        DatasetStats stats = store.stats(dataset);
        if (stats.interactions() > scanLimit) {
            return SnapshotMeasure.atMost(stats, options.typeWeights());
        }
        return read(store, dataset, options, SnapshotMeasure::of);
    }

    /**
     * Counts how many users each item of a dataset has, as a snapshot of the moment would; reads all of it through.
     *
     * @param store holds the dataset
     * @param dataset its name
     * @param options which interactions count
     * @return by the id of the item; an item without an interaction that counts is absent
     * @throws IOException when the dataset cannot be read
     */
    public static Map<String, Integer> usersByItem(InteractionStore store, String dataset, SnapshotOptions options)
            throws IOException {
        return read(store, dataset, options, source -> {
            int[] users = new int[source.itemLimit()];
            source.forEachHistory((_, pairs) -> {
                for (int entry = 0; entry < pairs.size(); entry++) {
                    users[(int) pairs.key(entry)]++;
                }
            });
            Map<String, Integer> byId = new HashMap<>();
            source.forEachItem((id, number) -> {
                if (users[number] > 0) {
                    byId.put(new String(id, StandardCharsets.UTF_8), users[number]);
                }
            });
            return byId;
        });
    }

    /**
     * Reads what a written snapshot says of itself; its sections are not checked.
     *
     * @param directory holds it
     * @return counts, dataset, checksums
     * @throws IOException when there is no whole snapshot
     */
    public static SnapshotInfo info(Path directory) throws IOException {
        return JsonFiles.read(directory.resolve(SnapshotLayout.INFO), SnapshotInfo.class);
    }

    /**
     * Returns how large a written snapshot is.
     *
     * @param directory holds it
     * @return bytes of its files
     * @throws IOException when they cannot be listed
     */
    public static long bytes(Path directory) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /**
     * Writes interactions that are given, combined as the store would.
     *
     * @param interactions in the order of their arrival
     * @param items records of items, for their features
     * @param users records of users, for their features
     * @param policy how repeats combine
     * @param options which interactions count
     * @param directory is created when absent and must be empty
     * @return what was written
     * @throws IOException when the files cannot be written
     */
    public static SnapshotInfo of(
            List<Interaction> interactions,
            List<ItemRecord> items,
            List<UserRecord> users,
            RepeatPolicy policy,
            SnapshotOptions options,
            Path directory)
            throws IOException {
        List<Interaction> counted = interactions.stream()
                .filter(interaction -> interaction.time() <= options.until())
                .toList();
        return write(new RowsSource(counted, items, users, policy, options.typeWeights()), "", directory);
    }

    private static SnapshotInfo write(PairSource source, String dataset, Path directory) throws IOException {
        FileOperations operations = FileOperations.system();
        Files.createDirectories(directory);
        String objectId = dataset.isEmpty() ? "snapshot" : "snapshot of " + dataset;
        SnapshotSections sections = new SnapshotSections(directory, objectId, operations);
        Path spoolFile = directory.resolve(SPOOL);
        SnapshotInfo info;
        try (Arena arena = Arena.ofShared()) {
            PairSpool spool = PairSpool.write(source, spoolFile, arena);
            info = new SnapshotWriter(source, sections, spool).write(dataset, directory, objectId);
        } finally {
            Files.deleteIfExists(spoolFile);
        }
        JsonFiles.writeNew(directory.resolve(SnapshotLayout.INFO), info, operations);
        operations.forceDirectory(directory);
        return info;
    }
}
