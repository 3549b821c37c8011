package dev.latent.benchmarks.quality;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one case came to.
 *
 * @param dataset folder of the data
 * @param protocol how train and test were parted and what was measured
 * @param label of the case
 * @param algorithm its name
 * @param hyperparameters those that differ from their defaults
 * @param validation what they reached on a part cut from the training part, when they were found by tuning; else 0
 * @param seeds of the trainings
 * @param users that were measured; of all folds together for folds
 * @param bySeed each metric's values, one a seed; means over folds
 * @param folds the RMSE of each fold, the mean over the seeds; empty without folds
 * @param seconds the case took
 */
record QualityRow(
        String dataset,
        String protocol,
        String label,
        String algorithm,
        Map<String, String> hyperparameters,
        double validation,
        List<Long> seeds,
        int users,
        Map<String, List<Double>> bySeed,
        List<Double> folds,
        double seconds) {

    QualityRow {
        hyperparameters = new TreeMap<>(hyperparameters);
    }

    /** The mean over the seeds; NaN when the metric was not measured. */
    double metric(String name) {
        return bySeed.getOrDefault(name, List.of()).stream()
                .mapToDouble(value -> value)
                .average()
                .orElse(Double.NaN);
    }
}
