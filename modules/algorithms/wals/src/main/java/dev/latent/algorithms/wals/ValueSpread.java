package dev.latent.algorithms.wals;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;

/** What the values of liked interactions look like, and so which confidence is worth trying. */
enum ValueSpread {
    /** All alike: they say nothing. */
    EQUAL,
    /** Within a narrow range, as ratings are. */
    NARROW,
    /** Over magnitudes, as counts and amounts are. */
    WIDE;

    /** Values whose largest is so many times their mean are counts: no scale of ratings comes near it. */
    private static final double WIDE_FROM = 10;

    /** Looks at each value once. */
    static ValueSpread of(Snapshot snapshot, double minimumValue) {
        SparseRows rows = snapshot.byUser();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        long count = 0;
        for (long position = 0; position < rows.count(); position++) {
            float value = rows.value(position);
            if (value >= minimumValue) {
                least = Math.min(least, value);
                most = Math.max(most, value);
                sum += value;
                count++;
            }
        }
        if (least >= most) { // also when nothing is liked
            return EQUAL;
        }
        return most * count > WIDE_FROM * sum ? WIDE : NARROW;
    }
}
