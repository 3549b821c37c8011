package dev.latent.models;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a version did on what it was not trained on.
 *
 * @param protocol how the holdout was cut, for example {@code leave-last-out seed=42}; empty when there was none
 * @param users how many users were measured
 * @param metrics by name, for example {@code ndcg@10}
 * @param baselines the same metrics of simple algorithms, by their name
 */
public record HoldoutFacts(
        String protocol, long users, Map<String, Double> metrics, Map<String, Map<String, Double>> baselines) {

    /** Copies the maps, in the order of names; every number is finite. */
    public HoldoutFacts {
        metrics = finite(metrics);
        Map<String, Map<String, Double>> copies = new TreeMap<>();
        baselines.forEach((name, values) -> copies.put(name, finite(values)));
        baselines = Collections.unmodifiableMap(copies);
    }

    /**
     * Tells that nothing was measured.
     *
     * @return without metrics
     */
    public static HoldoutFacts none() {
        return new HoldoutFacts("", 0, Map.of(), Map.of());
    }

    private static Map<String, Double> finite(Map<String, Double> values) {
        values.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("Metric '" + name + "' is " + value + ", expected a finite number");
            }
        });
        return Collections.unmodifiableMap(new TreeMap<>(values));
    }
}
