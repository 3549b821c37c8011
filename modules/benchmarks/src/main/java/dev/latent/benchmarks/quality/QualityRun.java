package dev.latent.benchmarks.quality;

import dev.latent.benchmarks.training.Algorithms;
import dev.latent.benchmarks.training.BenchmarkContext;
import dev.latent.benchmarks.training.SweepClock;
import dev.latent.evaluation.HoldoutEvaluator;
import dev.latent.evaluation.Measurement;
import dev.latent.evaluation.RelevanceRule;
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
import java.util.Optional;

/**
 * Runs cases.
 *
 * @param data the sets
 * @param settings what tuning found
 * @param splitSeed of leave-last-out and of the choice of cold items
 * @param seeds of the trainings of what is random
 * @param threads to train and measure with; they do not change the result
 */
record QualityRun(QualityData data, TunedSettings settings, long splitSeed, List<Long> seeds, int threads) {

    private static final List<Integer> CUTOFFS = List.of(10, 20);

    QualityRun {
        seeds = List.copyOf(seeds);
    }

    /** Sums up the parts of one protocol: folds, or the one split. */
    private static final class Sums {
        private final Map<String, List<Double>> bySeed = new LinkedHashMap<>();
        private final List<Double> folds = new ArrayList<>();
        private int users;

        private void add(int seedIndex, int parts, Measurement measured) {
            measured.metrics().forEach((name, value) -> {
                List<Double> values = bySeed.computeIfAbsent(name, _ -> new ArrayList<>());
                while (values.size() <= seedIndex) {
                    values.add(0.0);
                }
                values.set(seedIndex, values.get(seedIndex) + value / parts);
            });
        }
    }

    QualityRow measure(QualityCase quality) throws IOException {
        long start = System.nanoTime();
        TunedSettings.Found found = settings.of(quality);
        Map<String, String> set = new LinkedHashMap<>(quality.given());
        set.putAll(found.set());
        List<Long> used = quality.isRandom() ? seeds : seeds.subList(0, 1);
        Sums sums = new Sums();
        int parts = quality.protocol().isRating() ? QualityData.FOLDS : 1;
        for (int part = 0; part < parts; part++) {
            try (Arena arena = Arena.ofShared()) {
                measurePart(quality, set, part(quality, part, arena), used, parts, sums);
            }
        }
        return new QualityRow(
                quality.dataset(),
                quality.protocol().toString(),
                quality.label(),
                quality.algorithm(),
                set,
                found.validation(),
                used,
                sums.users,
                sums.bySeed,
                quality.protocol().isRating() ? sums.folds : List.of(),
                (System.nanoTime() - start) / 1e9);
    }

    private void measurePart(
            QualityCase quality, Map<String, String> set, Part part, List<Long> used, int partCount, Sums sums) {
        double rmse = 0;
        for (int index = 0; index < used.size(); index++) {
            Measurement measured = train(quality.algorithm(), set, part, used.get(index));
            sums.add(index, partCount, measured);
            rmse += measured.metrics().getOrDefault("rmse", Double.NaN) / used.size();
            sums.users += index == 0 ? measured.users() : 0;
        }
        sums.folds.add(rmse);
    }

    /** One fold, or the one split. */
    Part part(QualityCase quality, int part, Arena arena) throws IOException {
        String dataset = quality.dataset();
        return switch (quality.protocol()) {
            case OFFICIAL_FOLDS -> Part.of(data.officialFold(dataset, part, arena));
            case SEEDED_FOLDS -> Part.of(data.seededFold(dataset, part, arena));
            case LEAVE_LAST_OUT -> Part.of(data.leaveLastOut(dataset, splitSeed, arena));
            case COLD_ITEMS -> {
                ColdItems cold = ColdItems.read(data.root().resolve(dataset), splitSeed, arena);
                yield new Part(cold.parts(), Optional.of(cold));
            }
        };
    }

    /**
     * What to train on and what to measure with.
     *
     * @param split train and test
     * @param cold measures rankings of hidden items, when it is of that protocol
     */
    record Part(SplitSnapshot split, Optional<ColdItems> cold) {

        static Part of(SplitSnapshot split) {
            return new Part(split, Optional.empty());
        }
    }

    /** Trains once and measures on the test part. */
    Measurement train(String name, Map<String, String> set, Part part, long seed) {
        Algorithm algorithm = Algorithms.get(name);
        Hyperparameters hyperparameters = Hyperparameters.resolve(algorithm.hyperparameters(), set);
        SplitSnapshot split = part.split();
        try (Arena arena = Arena.ofShared()) {
            TrainedModel model = algorithm.train(
                    new BenchmarkContext(split.train(), hyperparameters, seed, threads, arena), new SweepClock());
            return part.cold().isPresent()
                    ? part.cold().get().measure(model, threads)
                    : new HoldoutEvaluator(algorithm.task(hyperparameters), RelevanceRule.ALL, CUTOFFS, threads)
                            .measure(model, split.train(), split.test());
        }
    }
}
