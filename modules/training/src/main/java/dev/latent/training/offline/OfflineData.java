package dev.latent.training.offline;

import dev.latent.evaluation.FeaturedSnapshot;
import dev.latent.evaluation.InteractionColumns;
import dev.latent.interactions.InteractionFile;
import dev.latent.interactions.InteractionFile.Layout;
import dev.latent.spi.Snapshot;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
 * @param parts one snapshot a file, in the order given, each over all users and items; the first with the features
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
        return read(files, Reading.PLAIN, arena);
    }

    /**
     * What else is to be known of files.
     *
     * @param layout of each file of interactions
     * @param furtherItems ids that are items too though no file names them, such as candidates
     * @param features of items and users
     */
    public record Reading(Layout layout, List<String> furtherItems, FeatureFiles features) {

        /** Files that say how they are laid out, and nothing beside them. */
        public static final Reading PLAIN = new Reading(Layout.DETECT, List.of(), FeatureFiles.NONE);

        /** Copies the list. */
        public Reading {
            furtherItems = List.copyOf(furtherItems);
        }
    }

    /**
     * Reads files as is said.
     *
     * @param files at least one; the first is what is learned from, so it gets the features
     * @param reading how
     * @param arena owns the memory of the snapshots
     * @return one snapshot a file
     * @throws IOException when a file does not exist or cannot be read
     * @throws dev.latent.interactions.InvalidValueException when a line cannot be read: with file, line and reason
     * @throws IllegalArgumentException when a file of features tells nothing of what is learned from
     */
    public static OfflineData read(List<Path> files, Reading reading, Arena arena) throws IOException {
        OfflineIds.Builder users = new OfflineIds.Builder();
        OfflineIds.Builder items = new OfflineIds.Builder();
        List<InteractionColumns> columns = new ArrayList<>();
        columns.add(read(files.getFirst(), reading.layout(), users, items));
        Optional<SideFeatures> ofItems = Optional.empty();
        if (reading.features().items().isPresent()) {
            ofItems =
                    Optional.of(SideFeatures.ofItems(reading.features().items().get(), items.build()));
        }
        Optional<SideFeatures> ofUsers = Optional.empty();
        if (reading.features().users().isPresent()) {
            ofUsers =
                    Optional.of(SideFeatures.ofUsers(reading.features().users().get(), users.build()));
        }
        for (Path file : files.subList(1, files.size())) {
            columns.add(read(file, reading.layout(), users, items));
        }
        reading.furtherItems().forEach(items::add);
        ofItems.ifPresent(known -> known.recommendable().forEach(items::add));
        int[] userNumbers = users.sort();
        int[] itemNumbers = items.sort();
        List<Snapshot> parts = new ArrayList<>();
        for (InteractionColumns rows : columns) {
            rows.renumber(userNumbers, itemNumbers);
            parts.add(rows.pack(userNumbers.length, itemNumbers.length, arena));
        }
        OfflineIds userIds = users.build();
        OfflineIds itemIds = items.build();
        if (ofItems.isPresent() || ofUsers.isPresent()) {
            parts.set(
                    0,
                    FeaturedSnapshot.of(
                            parts.getFirst(),
                            ofItems.map(known -> known.rows(itemIds, arena)),
                            ofUsers.map(known -> known.rows(userIds, arena))));
        }
        return new OfflineData(userIds, itemIds, parts);
    }

    private static InteractionColumns read(Path file, Layout layout, OfflineIds.Builder users, OfflineIds.Builder items)
            throws IOException {
        InteractionColumns rows = new InteractionColumns();
        InteractionFile.read(
                file, layout, (user, item, value, time) -> rows.add(users.add(user), items.add(item), value, time));
        return rows;
    }
}
