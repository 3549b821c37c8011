package dev.latent.training.tuning;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of training with the best setting once more, to its last sweep.
 *
 * @param set the hyperparameters
 * @param protocol how it was measured
 * @param users who were measured
 * @param metrics all measures, by name
 * @param baselines the same of the baselines, by their names
 * @param sweeps what each sweep came to
 * @param seconds it took
 */
public record FinalRun(
        Map<String, String> set,
        String protocol,
        int users,
        Map<String, Double> metrics,
        Map<String, Map<String, Double>> baselines,
        List<TrialSweep> sweeps,
        double seconds) {

    /** Copies the collections, keeping their order. */
    public FinalRun {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
        sweeps = List.copyOf(sweeps);
    }
}
