package dev.latent.benchmarks.report;

import java.util.Collection;

/** Summaries of repeated measurements. */
public final class Statistics {

    private Statistics() {}

    /**
     * Returns the value in the middle; of an even number, the mean of both.
     *
     * @param values at least one
     * @return the median
     */
    public static double median(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("A median needs at least one value, got none");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
