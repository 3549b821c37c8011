package dev.latent.training.tuning;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a search.
 *
 * @param facts what the search was, by name
 * @param metric what was made better
 * @param trials all that were made, in their order
 * @param best the best of them
 * @param finish the best setting trained again and measured in full
 */
public record TuningResult(
        Map<String, String> facts, TuningMetric metric, List<Trial> trials, Trial best, FinalRun finish) {

    /** Copies the collections, keeping their order. */
    public TuningResult {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        trials = List.copyOf(trials);
    }
}
