package dev.latent.benchmarks.quality;

import dev.latent.benchmarks.training.Algorithms;
import dev.latent.benchmarks.training.BenchmarkContext;
import dev.latent.benchmarks.training.SweepClock;
import dev.latent.evaluation.HoldoutEvaluator;
import dev.latent.evaluation.Measurement;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.Split;
import dev.latent.evaluation.SplitSnapshot;
import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.TrainedModel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs cases.
 *
 * @param folder of the data sets
 * @param seed of training and split
 * @param threads to train and measure with; they do not change the result
 */
record QualityRun(RatingFolder folder, long seed, int threads) {

    private static final int FOLDS = 5;
    private static final List<Integer> CUTOFFS = List.of(10);

    /** An algorithm's own measures and those of the baseline beside it. */
    private record Pair(Measurement own, Map<String, Double> baseline) {}

    QualityRow measure(QualityCase quality) throws IOException {
        Algorithm algorithm = Algorithms.get(quality.algorithm());
        Hyperparameters hyperparameters = Hyperparameters.resolve(algorithm.hyperparameters(), quality.given());
        return switch (quality.protocol()) {
            case OFFICIAL_FOLDS -> measureFolds(quality, algorithm, hyperparameters);
            case LEAVE_LAST_OUT -> measureRanking(quality, algorithm, hyperparameters);
        };
    }

    private QualityRow measureFolds(QualityCase quality, Algorithm algorithm, Hyperparameters hyperparameters)
            throws IOException {
        List<Double> folds = new ArrayList<>();
        Map<String, Double> means = new LinkedHashMap<>();
        Map<String, Double> baselineMeans = new LinkedHashMap<>();
        int users = 0;
        long ratings = 0;
        for (int fold = 1; fold <= FOLDS; fold++) {
            try (Arena arena = Arena.ofShared()) {
                SplitSnapshot parts = folder.fold(quality.dataset(), fold, arena);
                Pair pair = measure(quality, algorithm, hyperparameters, parts, arena);
                folds.add(pair.own().metrics().getOrDefault(quality.protocol().metric(), Double.NaN));
                users += pair.own().users();
                ratings += pair.own().interactions();
                pair.own().metrics().forEach((name, value) -> means.merge(name, value / FOLDS, Double::sum));
                pair.baseline().forEach((name, value) -> baselineMeans.merge(name, value / FOLDS, Double::sum));
            }
        }
        Pair mean = new Pair(new Measurement(users, ratings, means), baselineMeans);
        return row(quality, hyperparameters, mean, folds, quality.target());
    }

    private QualityRow measureRanking(QualityCase quality, Algorithm algorithm, Hyperparameters hyperparameters)
            throws IOException {
        try (Arena arena = Arena.ofShared()) {
            SplitSnapshot parts = folder.split(quality.dataset(), new Split.LeaveLastOut(), seed, arena);
            Pair pair = measure(quality, algorithm, hyperparameters, parts, arena);
            double popular = pair.baseline().getOrDefault(quality.protocol().metric(), Double.NaN);
            return row(quality, hyperparameters, pair, List.of(), quality.target() * popular);
        }
    }

    private Pair measure(
            QualityCase quality,
            Algorithm algorithm,
            Hyperparameters hyperparameters,
            SplitSnapshot parts,
            Arena arena) {
        BenchmarkContext context = new BenchmarkContext(parts.train(), hyperparameters, seed, threads, arena);
        TrainedModel model = algorithm.train(context, new SweepClock());
        HoldoutEvaluator evaluator =
                new HoldoutEvaluator(algorithm.task(hyperparameters), RelevanceRule.ALL, CUTOFFS, threads);
        return new Pair(
                evaluator.measure(model, parts.train(), parts.test()),
                evaluator
                        .baselines(parts.train(), parts.test())
                        .getOrDefault(quality.protocol().baseline(), Map.of()));
    }

    private QualityRow row(
            QualityCase quality, Hyperparameters hyperparameters, Pair pair, List<Double> folds, double target) {
        double value = pair.own().metrics().getOrDefault(quality.protocol().metric(), Double.NaN);
        return new QualityRow(
                quality.dataset(),
                quality.protocol().toString(),
                quality.algorithm(),
                hyperparameters.asMap(),
                seed,
                pair.own().users(),
                pair.own().metrics(),
                folds,
                quality.protocol().baseline(),
                pair.baseline(),
                target,
                quality.protocol().isMet(value, target),
                quality.counts());
    }
}
