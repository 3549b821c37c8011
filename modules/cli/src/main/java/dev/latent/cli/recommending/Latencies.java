package dev.latent.cli.recommending;

import java.util.Arrays;

/** How long each of many calls took. */
final class Latencies {

    private final long[] sortedNanos;
    private final long wallNanos;

    /**
     * Sorts the times.
     *
     * @param nanos one a call, taken over
     * @param wallNanos from the first call to the last
     */
    Latencies(long[] nanos, long wallNanos) {
        this.sortedNanos = nanos;
        this.wallNanos = wallNanos;
        Arrays.sort(sortedNanos);
    }

    int count() {
        return sortedNanos.length;
    }

    double perSecond() {
        return sortedNanos.length * 1e9 / wallNanos;
    }

    /** The time within which a share of the calls, above 0 to 1, was answered. */
    long micros(double share) {
        int rank = (int) Math.ceil(share * sortedNanos.length);
        return Math.round(sortedNanos[Math.max(0, rank - 1)] / 1000.0);
    }
}
