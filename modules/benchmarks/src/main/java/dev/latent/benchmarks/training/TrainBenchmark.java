package dev.latent.benchmarks.training;

import dev.latent.benchmarks.data.TrainingData;
import dev.latent.benchmarks.report.Machine;
import dev.latent.benchmarks.report.UsageException;
import dev.latent.evaluation.HoldoutEvaluator;
import dev.latent.evaluation.Measurement;
import dev.latent.evaluation.PopularityBaseline;
import dev.latent.evaluation.RankingEvaluator;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.spi.Algorithm;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains one algorithm once and measures it.
 *
 * @param algorithm what to train
 * @param hyperparameters complete
 * @param seed of the training
 * @param threads to train and to measure with
 */
record TrainBenchmark(Algorithm algorithm, Hyperparameters hyperparameters, long seed, int threads) {

    private static final List<Integer> CUTOFFS = List.of(10, 20, 50, 100);

    /**
     * Trains and measures.
     *
     * @param data what on
     * @param loadingSeconds that it took to read or draw it
     */
    TrainReport run(TrainingData data, double loadingSeconds) throws InterruptedException {
        Task task = algorithm.task(hyperparameters);
        if (task == Task.RATING && data.foldIn().isPresent()) {
            throw new UsageException("Data '" + data.name() + "' holds positives of users to be folded in, and "
                    + algorithm.name() + " with " + hyperparameters.asMap()
                    + " predicts ratings; choose another loss or feedback by --set, or ratings as data");
        }
        Machine machine = Machine.current();
        try (Arena arena = Arena.ofShared()) {
            boolean reset = PeakMemory.reset();
            long before = PeakMemory.currentBytes();
            BenchmarkContext context = new BenchmarkContext(data.train(), hyperparameters, seed, threads, arena);
            long start = System.nanoTime();
            SweepClock clock = new SweepClock();
            TrainedModel model = algorithm.train(context, clock);
            long trained = System.nanoTime();
            TrainReport.Memory memory = new TrainReport.Memory(before, PeakMemory.peakBytes(), reset);
            Map<String, Double> quality = quality(model, task, data, arena);
            TrainReport.Times times = new TrainReport.Times(
                    clock.seconds(),
                    clock.cpuSeconds(),
                    loadingSeconds,
                    (trained - start) / 1e9,
                    (System.nanoTime() - trained) / 1e9);
            return TrainReport.of(this, data, times, quality, memory, machine);
        }
    }

    private Map<String, Double> quality(TrainedModel model, Task task, TrainingData data, Arena arena) {
        return data.foldIn()
                .map(foldIn -> heldOutUsers(model, foldIn, data, arena))
                .orElseGet(() -> sameUsers(model, task, data));
    }

    private Map<String, Double> sameUsers(TrainedModel model, Task task, TrainingData data) {
        RelevanceRule relevance = RelevanceRule.of(algorithm.hyperparameters(), hyperparameters);
        HoldoutEvaluator evaluator = new HoldoutEvaluator(task, relevance, CUTOFFS, threads);
        return withBaselines(
                evaluator.measure(model, data.train(), data.test()), evaluator.baselines(data.train(), data.test()));
    }

    private Map<String, Double> heldOutUsers(TrainedModel model, Snapshot foldIn, TrainingData data, Arena arena) {
        TrainedModel folded =
                model instanceof EmbeddingModel embedding ? FoldedModel.of(embedding, foldIn, threads, arena) : model;
        RankingEvaluator evaluator = new RankingEvaluator(CUTOFFS, RelevanceRule.ALL, threads).ofHeldOutUsers();
        Measurement own = evaluator.evaluate(folded, foldIn, data.test());
        Measurement popular =
                evaluator.evaluate(new PopularityBaseline(data.train(), RelevanceRule.ALL), foldIn, data.test());
        return withBaselines(own, Map.of("popularity", popular.metrics()));
    }

    private static Map<String, Double> withBaselines(Measurement own, Map<String, Map<String, Double>> baselines) {
        Map<String, Double> quality = new LinkedHashMap<>(own.metrics());
        baselines.forEach((name, metrics) -> metrics.forEach((metric, value) -> {
            if (metric.equals("rmse") || metric.equals("recall@20") || metric.equals("ndcg@10")) {
                quality.put(metric + "_" + name, value);
            }
        }));
        return quality;
    }
}
