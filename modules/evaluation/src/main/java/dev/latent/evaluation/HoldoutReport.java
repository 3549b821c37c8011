package dev.latent.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model came to on interactions it had not seen, beside baselines measured in the same way.
 *
 * @param protocol the split, as text, for example {@code leave-last-out}
 * @param seed of the split
 * @param users how many users were counted
 * @param interactions how many test interactions were counted (for rankings: the relevant ones)
 * @param relevance for rankings, from which value on a test interaction was relevant
 * @param metrics of the model, by name
 * @param baselines metrics of each baseline, by its name: {@code popularity} for rankings, {@code item_mean} and {@code bias}
 *     for ratings
 */
public record HoldoutReport(
        String protocol,
        long seed,
        int users,
        long interactions,
        RelevanceRule relevance,
        Map<String, Double> metrics,
        Map<String, Map<String, Double>> baselines) {

    /** Copies the maps, keeping their order. */
    public HoldoutReport {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
        baselines.forEach((name, values) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
        baselines = Collections.unmodifiableMap(copy);
    }
}
