package dev.latent.training.tunings;

import java.util.Map;

/**
 * What a search on a server is asked to do.
 *
 * @param model whose next version the best setting trains
 * @param dataset to learn from
 * @param algorithm to tune
 * @param goal what to find
 * @param keep whether the model's definition takes the best setting over
 * @param requestedBy who asked
 */
public record TuningSpec(
        String model, String dataset, String algorithm, TuningGoal goal, boolean keep, String requestedBy) {

    TuningSpec with(Map<String, String> fixed, int threads) {
        return new TuningSpec(model, dataset, algorithm, goal.with(fixed, threads), keep, requestedBy);
    }
}
