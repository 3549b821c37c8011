package dev.latent.math;

import java.util.Arrays;

/** How many of some times are later than each of them: an age by rank, in which pauses do not count. */
public final class LaterCounts {

    private LaterCounts() {}

    /**
     * Counts by sorting, in {@code n·log n}.
     *
     * @param times in any order, with repeats; unchanged
     * @return for each how many are greater, so that equal times have equal counts and the greatest has 0
     */
    public static int[] of(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        int[] later = new int[times.length];
        for (int i = 0; i < times.length; i++) {
            later[i] = times.length - firstAbove(sorted, times[i]);
        }
        return later;
    }

    /**
     * Weighs each time by how many are later: {@code 2^(−later/halfLife)}.
     *
     * @param times as for {@link #of}
     * @param halfLife so many later ones halve the weight; above 0
     * @return at most 1, and 0 where float64 bears no smaller weight
     */
    public static double[] weights(long[] times, double halfLife) {
        int[] later = of(times);
        double[] weights = new double[later.length];
        for (int i = 0; i < later.length; i++) {
            weights[i] = StrictMath.pow(2, -later[i] / halfLife);
        }
        return weights;
    }

    private static int firstAbove(long[] sorted, long time) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
