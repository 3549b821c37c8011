package dev.latent.benchmarks.load;

import java.util.Arrays;

/** Ranks of many times: the p-th is the least time within which a share p of the calls was answered (nearest rank). */
final class Percentiles {

    private final long[] sorted;

    /** Sorts a copy of the times. */
    Percentiles(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("Percentiles need at least one time, got none");
        }
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    /** The time of a share above 0, at most 1, in microseconds. */
    double micros(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("A percentile needs a share above 0 and at most 1, got " + share);
        }
        // a product such as 0.999 · 1000 may come out a little above the whole number it stands for
        int rank = (int) Math.ceil(share * sorted.length - 1e-9);
        return sorted[Math.max(1, rank) - 1] / 1e3;
    }
}
