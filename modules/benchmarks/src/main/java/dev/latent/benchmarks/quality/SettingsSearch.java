package dev.latent.benchmarks.quality;

import dev.latent.evaluation.Measurement;
import dev.latent.math.SeededRandom;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds hyperparameters for rankings by seeded random search (Bergstra and Bengio, "Random search for hyper-parameter
 * optimization", JMLR 13, 2012) over the grids that the papers of the algorithms search, followed by steps from the best: each
 * trial trains on a part cut from
 * the training part and is measured by NDCG@10 on the rest of it. The test part is not looked at.
 *
 * @param run trains and measures
 * @param trials for each case, the defaults being the first
 * @param seed of the proposals and of the trials' trainings
 * @param log hears of each trial
 */
record SettingsSearch(QualityRun run, int trials, long seed, PrintWriter log) {

    private static final String METRIC = "ndcg@10";

    /** Of these trials that are made, the first half is drawn at random, the rest steps from the best so far. */
    private static final double RANDOM_SHARE = 0.5;

    private static final Map<String, List<String>> WALS = Map.of(
            "factors", List.of("32", "64", "128", "256"),
            "regularization", List.of("0.01", "0.03", "0.1", "0.3", "1", "3", "10", "30"),
            "unobserved_weight", List.of("0.01", "0.03", "0.1", "0.3", "1", "3", "10"),
            "regularization_exponent", List.of("0", "0.25", "0.5", "1"),
            "alpha", List.of("0", "0.3", "1", "3"),
            "confidence", List.of("linear", "logarithmic"));

    private static final Map<String, List<String>> EASE =
            Map.of("regularization", List.of("3", "10", "30", "100", "300", "1000"));

    private static final Map<String, List<String>> SGD = Map.of(
            "factors", List.of("16", "32", "64", "128"),
            "learning_rate", List.of("0.02", "0.05", "0.1", "0.2"),
            "regularization", List.of("0.0003", "0.001", "0.003", "0.01", "0.03", "0.1"),
            "regularization_exponent", List.of("0", "0.5", "1"),
            "epochs", List.of("10", "20", "40", "80"),
            "negatives", List.of("1", "2", "4"));

    private static final Map<String, Map<String, List<String>>> GRIDS = Map.of("wals", WALS, "sgd", SGD, "ease", EASE);

    /** The best of the trials of a case; the defaults when the algorithm has no grid. */
    TunedSettings.Found search(QualityCase quality) throws IOException {
        Map<String, List<String>> grid = GRIDS.getOrDefault(quality.algorithm(), Map.of());
        TunedSettings.Found best = TunedSettings.Found.NOTHING;
        try (Arena arena = Arena.ofShared()) {
            QualityRun.Part part = QualityRun.Part.of(
                    SplitFiles.validation(run.part(quality, 0, arena).split().train(), run.splitSeed(), arena));
            Set<Map<String, String>> tried = new HashSet<>();
            for (int trial = 0; trial < trials; trial++) {
                Map<String, String> set = propose(grid, trial, best.set());
                if (!tried.add(set)) {
                    continue;
                }
                Map<String, String> all = new LinkedHashMap<>(set);
                all.putAll(quality.given());
                Measurement measured = run.train(quality.algorithm(), all, part, seed);
                double value = measured.metrics().getOrDefault(METRIC, 0.0);
                log.println(String.format(
                        Locale.ROOT,
                        "%s trial %d: %.4f %.4f %s",
                        quality.key(),
                        trial + 1,
                        value,
                        measured.metrics().getOrDefault("recall@20", 0.0),
                        set));
                if (value > best.validation()) {
                    best = new TunedSettings.Found(set, value, trials, seed);
                }
            }
        }
        return best;
    }

    /** The defaults, then random points of the grid, then points at most a step in each direction from the best so far. */
    private Map<String, String> propose(Map<String, List<String>> grid, int trial, Map<String, String> best) {
        if (trial == 0) {
            return Map.of();
        }
        boolean isRandom = trial < RANDOM_SHARE * trials || best.isEmpty();
        SeededRandom random = SeededRandom.of(seed, trial);
        Map<String, String> set = new LinkedHashMap<>();
        grid.keySet().stream().sorted().forEach(name -> {
            List<String> values = grid.getOrDefault(name, List.of());
            int near = isRandom ? random.nextInt(values.size()) : step(values, best.getOrDefault(name, ""), random);
            set.put(name, values.get(near));
        });
        return set;
    }

    /** Stays in half of the cases. */
    private static int step(List<String> values, String from, SeededRandom random) {
        int move = random.nextInt(4);
        int place = values.indexOf(from) + (move == 0 ? -1 : move == 1 ? 1 : 0);
        return Math.clamp(place, 0, values.size() - 1);
    }
}
