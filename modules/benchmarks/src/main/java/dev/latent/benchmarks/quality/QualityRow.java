package dev.latent.benchmarks.quality;

import java.util.List;
import java.util.Map;

/**
 * What one case came to.
 *
 * @param dataset folder of the data
 * @param protocol how train and test were parted and what was measured
 * @param algorithm its name
 * @param hyperparameters all of them
 * @param seed of training and split
 * @param users that were measured; of all folds together for folds
 * @param metrics by name; means over folds
 * @param folds the measure of each fold, in order; empty without folds
 * @param baseline name of what stands beside
 * @param baselineMetrics its metrics by name, taken in the same way
 * @param target of the measure, in its unit
 * @param met whether it was reached
 * @param counts whether it is asked of this row
 */
record QualityRow(
        String dataset,
        String protocol,
        String algorithm,
        Map<String, String> hyperparameters,
        long seed,
        int users,
        Map<String, Double> metrics,
        List<Double> folds,
        String baseline,
        Map<String, Double> baselineMetrics,
        double target,
        boolean met,
        boolean counts) {

    double metric(String name) {
        return metrics.getOrDefault(name, Double.NaN);
    }

    double baselineMetric(String name) {
        return baselineMetrics.getOrDefault(name, Double.NaN);
    }
}
