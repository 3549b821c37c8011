package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.util.Optional;

/**
 * Interactions with features beside them that came from elsewhere.
 *
 * @param interactions whose own features, if any, are not shown
 * @param itemFeatures one row an item of {@code interactions}
 * @param userFeatures one row a user of {@code interactions}
 * @param fingerprint of all of it
 */
public record FeaturedSnapshot(
        Snapshot interactions, Optional<SparseRows> itemFeatures, Optional<SparseRows> userFeatures, String fingerprint)
        implements Snapshot {

    /** Checks that there are as many rows as items and users. */
    public FeaturedSnapshot {
        checkRows("items", itemFeatures, interactions.itemCount());
        checkRows("users", userFeatures, interactions.userCount());
    }

    private static void checkRows(String what, Optional<SparseRows> features, int rows) {
        features.filter(matrix -> matrix.rows() != rows).ifPresent(matrix -> {
            throw new IllegalArgumentException(
                    "Features of " + matrix.rows() + " " + what + " do not fit a snapshot with " + rows);
        });
    }

    /**
     * Puts features beside interactions.
     *
     * @param interactions whose own features, if any, are not shown
     * @param itemFeatures one row an item
     * @param userFeatures one row a user
     * @return {@code interactions} with these features
     */
    public static FeaturedSnapshot of(
            Snapshot interactions, Optional<SparseRows> itemFeatures, Optional<SparseRows> userFeatures) {
        String text = interactions.fingerprint() + " items "
                + itemFeatures.map(Fingerprints::of).orElse("") + " users "
                + userFeatures.map(Fingerprints::of).orElse("");
        return new FeaturedSnapshot(interactions, itemFeatures, userFeatures, Fingerprints.of(text));
    }

    @Override
    public int userCount() {
        return interactions.userCount();
    }

    @Override
    public int itemCount() {
        return interactions.itemCount();
    }

    @Override
    public long interactionCount() {
        return interactions.interactionCount();
    }

    @Override
    public SparseRows byUser() {
        return interactions.byUser();
    }

    @Override
    public SparseRows byItem() {
        return interactions.byItem();
    }
}
