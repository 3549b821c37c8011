package dev.latent.training.offline;

import dev.latent.evaluation.InteractionColumns;
import dev.latent.interactions.InteractionFile;
import dev.latent.interactions.InteractionFile.Layout;
import dev.latent.spi.Snapshot;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of interactions as snapshots that share one numbering of users and items: shorter ids first, equal lengths in the
 * order of their characters, so that whole numbers ascend. Files are what {@link InteractionFile} reads; repeats of a pair
 * within a file are combined by the last. Immutable; valid as long as the arena it was read into.
 *
 * <pre>{@code
 * try (Arena arena = Arena.ofShared();
 *         OfflineAlgorithms algorithms = OfflineAlgorithms.open(List.of())) {
 *     OfflineData data = OfflineData.read(List.of(Path.of("train.csv"), Path.of("test.csv")), arena);
 *     OfflineTraining training = OfflineTraining.of(algorithms.get("wals"), Map.of("factors", "32"), 1, 2);
 *     TrainedModel model = training.train(data.parts().getFirst(), Optional.empty(), listener, arena);
 * }
 * }</pre>
 *
 * @param users the id of each user, by number
 * @param items the id of each item, by number
 * @param parts one snapshot a file, in the order given, each over all users and items
 */
public record OfflineData(OfflineIds users, OfflineIds items, List<Snapshot> parts) {

    /** Copies the list. */
    public OfflineData {
        parts = List.copyOf(parts);
    }

    /**
     * Reads files.
     *
     * @param files at least one
     * @param arena owns the memory of the snapshots
     * @return one snapshot a file
     * @throws IOException when a file does not exist or cannot be read
     * @throws dev.latent.interactions.InvalidValueException when a line cannot be read: with file, line and reason
     */
    public static OfflineData read(List<Path> files, Arena arena) throws IOException {
        return read(files, Layout.DETECT, List.of(), arena);
    }

    /**
     * Reads files of a known layout.
     *
     * @param files at least one
     * @param layout of each
     * @param furtherItems ids that are items too though no file names them, such as candidates
     * @param arena owns the memory of the snapshots
     * @return one snapshot a file
     * @throws IOException when a file does not exist or cannot be read
     * @throws dev.latent.interactions.InvalidValueException when a line cannot be read: with file, line and reason
     */
    public static OfflineData read(List<Path> files, Layout layout, List<String> furtherItems, Arena arena)
            throws IOException {
        OfflineIds.Builder users = new OfflineIds.Builder();
        OfflineIds.Builder items = new OfflineIds.Builder();
        List<InteractionColumns> columns = new ArrayList<>();
        for (Path file : files) {
            InteractionColumns rows = new InteractionColumns();
            InteractionFile.read(
                    file, layout, (user, item, value, time) -> rows.add(users.add(user), items.add(item), value, time));
            columns.add(rows);
        }
        furtherItems.forEach(items::add);
        int[] userNumbers = users.sort();
        int[] itemNumbers = items.sort();
        List<Snapshot> parts = new ArrayList<>();
        for (InteractionColumns rows : columns) {
            rows.renumber(userNumbers, itemNumbers);
            parts.add(rows.pack(userNumbers.length, itemNumbers.length, arena));
        }
        return new OfflineData(users.build(), items.build(), parts);
    }
}
