package dev.latent.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures by name, and over how many users and test interactions they were taken.
 *
 * @param users who had something to measure
 * @param interactions test interactions that were measured (for rankings: the relevant ones)
 * @param metrics by name, in the order to show them; empty when there was nothing to measure
 */
public record Measurement(int users, long interactions, Map<String, Double> metrics) {

    /** Copies the metrics, keeping their order. */
    public Measurement {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
