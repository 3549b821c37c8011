package dev.latent.spi;

/**
 * How large a snapshot is: all that an estimate of memory and time may look at, so that it can be made before the snapshot
 * is written.
 *
 * @param users at least 0
 * @param items at least 0
 * @param interactions at least 0; may exceed 2³¹
 * @param longestUserRow interactions of the most active user
 * @param longestItemRow interactions of the most popular item
 * @param userFeatureEntries stored entries of {@link Snapshot#userFeatures()}, 0 when there are none
 * @param itemFeatureEntries stored entries of {@link Snapshot#itemFeatures()}, 0 when there are none
 */
public record SnapshotShape(
        int users,
        int items,
        long interactions,
        int longestUserRow,
        int longestItemRow,
        long userFeatureEntries,
        long itemFeatureEntries) {

    /** Checks that nothing is negative and that the longest rows fit. */
    public SnapshotShape {
        boolean negative = users < 0 || items < 0 || longestUserRow < 0 || longestItemRow < 0;
        if (negative || userFeatureEntries < 0 || itemFeatureEntries < 0 || interactions < 0) {
            throw new IllegalArgumentException(
                    "A snapshot cannot have %d users, %d items, %d interactions, rows of up to"
                                    .formatted(users, items, interactions)
                            + " %d and %d and features with %d and %d entries"
                                    .formatted(longestUserRow, longestItemRow, userFeatureEntries, itemFeatureEntries));
        }
        if (longestUserRow > items
                || longestItemRow > users
                || Math.max(longestUserRow, longestItemRow) > interactions) {
            throw new IllegalArgumentException(
                    "Rows of up to %d and %d interactions do not fit %d users, %d items and %d"
                                    .formatted(longestUserRow, longestItemRow, users, items, interactions)
                            + " interactions");
        }
    }

    /**
     * Measures a snapshot.
     *
     * @param snapshot any
     * @return its shape, after one look at the length of each row
     */
    public static SnapshotShape of(Snapshot snapshot) {
        return new SnapshotShape(
                snapshot.userCount(),
                snapshot.itemCount(),
                snapshot.interactionCount(),
                longestRow(snapshot.byUser()),
                longestRow(snapshot.byItem()),
                snapshot.userFeatures().map(SparseRows::count).orElse(0L),
                snapshot.itemFeatures().map(SparseRows::count).orElse(0L));
    }

    private static int longestRow(SparseRows rows) {
        int longest = 0;
        for (int row = 0; row < rows.rows(); row++) {
            longest = Math.max(longest, rows.length(row));
        }
        return longest;
    }
}
