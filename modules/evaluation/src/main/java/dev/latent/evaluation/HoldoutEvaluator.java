package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures a model on held-out interactions by the measures of its task, beside the baselines. Immutable and thread-safe.
 *
 * @param task what the model predicts
 * @param relevance for rankings, which test interactions count
 * @param cutoffs for rankings, the K to measure at
 * @param threads to keep busy
 */
public record HoldoutEvaluator(Task task, RelevanceRule relevance, List<Integer> cutoffs, int threads) {

    /** The K that are measured unless something else is asked for. */
    public static final List<Integer> DEFAULT_CUTOFFS = List.of(10, 20);

    /** Copies the cutoffs. */
    public HoldoutEvaluator {
        cutoffs = List.copyOf(cutoffs);
    }

    /**
     * Measures a model alone.
     *
     * @param model what to measure
     * @param train what it was trained on
     * @param test what it has not seen
     * @return the measures of the task
     */
    public Measurement measure(TrainedModel model, Snapshot train, Snapshot test) {
        return switch (task) {
            case RANKING -> ranking().evaluate(model, train, test);
            case RATING -> new RatingEvaluator(threads).evaluate(model, train, test);
        };
    }

    /**
     * Measures a model and its baselines.
     *
     * @param model what to measure
     * @param parts what it was trained on, and what it has not seen
     * @param split how the parts were made
     * @param seed of the split
     * @return both, side by side
     */
    public HoldoutReport report(TrainedModel model, SplitSnapshot parts, Split split, long seed) {
        Measurement own = measure(model, parts.train(), parts.test());
        return new HoldoutReport(
                split.toString(),
                seed,
                own.users(),
                own.interactions(),
                relevance,
                own.metrics(),
                baselines(parts.train(), parts.test()));
    }

    /**
     * Measures the baselines of the task.
     *
     * @param train what they count
     * @param test what they have not seen
     * @return metrics by the name of the baseline
     */
    public Map<String, Map<String, Double>> baselines(Snapshot train, Snapshot test) {
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        switch (task) {
            case RANKING ->
                baselines.put(
                        "popularity",
                        ranking()
                                .evaluate(new PopularityBaseline(train, relevance), train, test)
                                .metrics());
            case RATING -> {
                RatingEvaluator evaluator = new RatingEvaluator(threads);
                baselines.put(
                        "item_mean",
                        evaluator
                                .evaluate(BiasBaseline.itemMean(train), train, test)
                                .metrics());
                baselines.put(
                        "bias",
                        evaluator.evaluate(BiasBaseline.of(train), train, test).metrics());
            }
        }
        return baselines;
    }

    private RankingEvaluator ranking() {
        return new RankingEvaluator(cutoffs, relevance, threads);
    }
}
