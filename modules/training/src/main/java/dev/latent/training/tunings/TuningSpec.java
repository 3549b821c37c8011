package dev.latent.training.tunings;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a search on a server is asked to do.
 *
 * @param model whose next version the best setting trains
 * @param dataset to learn from
 * @param algorithm to tune
 * @param goal what to find
 * @param typeWeights weight of each interaction type, in trials and in the last run alike; empty for every type with weight
 *     1, and when an earlier release stored the search
 * @param keep whether the model's definition takes the best setting over
 * @param requestedBy who asked
 */
public record TuningSpec(
        String model,
        String dataset,
        String algorithm,
        TuningGoal goal,
        @Nullable SortedMap<String, Float> typeWeights,
        boolean keep,
        String requestedBy) {

    /** Copies the map. */
    public TuningSpec {
        typeWeights =
                Collections.unmodifiableSortedMap(typeWeights == null ? new TreeMap<>() : new TreeMap<>(typeWeights));
    }

    @Override
    public SortedMap<String, Float> typeWeights() {
        return Objects.requireNonNull(typeWeights);
    }

    TuningSpec with(Map<String, String> fixed, int threads) {
        return new TuningSpec(model, dataset, algorithm, goal.with(fixed, threads), typeWeights, keep, requestedBy);
    }
}
