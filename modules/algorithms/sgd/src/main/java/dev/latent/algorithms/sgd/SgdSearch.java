package dev.latent.algorithms.sgd;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a tuner should try; the number of epochs is not among it, since steps and their number make up for each other. Of
 * rankings the best rates were 0.015 to 0.03; above 0.15 trainings diverged.
 */
final class SgdSearch {

    private static final String LOSS = "loss";
    private static final String FACTORS = "factors";
    private static final String REGULARIZATION = "regularization";
    private static final String EXPONENT = "regularization_exponent";

    private static final List<Hyperparameter> RATINGS = List.of(
            factors(List.of("16", "32", "64", "128")),
            real(SgdSettings.LEARNING_RATE, 0.1, 0.02, 0.3, Scale.LOG),
            real(REGULARIZATION, 0.12, 0.02, 0.5, Scale.LOG),
            real(EXPONENT, 0.6, 0.2, 1, Scale.LINEAR),
            real("bias_regularization", 0.01, 0.001, 0.1, Scale.LOG));

    /** Candidates are searched up to one for so many items: beyond, they are mostly what the user would like. */
    private static final int ITEMS_PER_CANDIDATE = 20;

    /** Of the latest interactions of a user, what mostly did well. */
    private static final String RECENT = "2";

    private static final List<String> CANDIDATES = List.of("1", "3", "5", "10", "20", "40");

    private SgdSearch() {}

    /**
     * The ranges.
     *
     * @param timed whether interactions have times
     */
    static List<Hyperparameter> space(Loss loss, int items, boolean timed) {
        if (loss == Loss.SQUARED) {
            return RATINGS;
        }
        List<Hyperparameter> space = new ArrayList<>(List.of(
                new Hyperparameter.OfChoice(
                        LOSS,
                        "Losses that rank.",
                        Loss.BPR.word(),
                        Loss.words().stream()
                                .filter(word -> !word.equals(Loss.SQUARED.word()))
                                .toList()),
                factors(List.of("32", "64", "128", "256")),
                real(SgdSettings.LEARNING_RATE, 0.05, 0.005, 0.15, Scale.LOG),
                real(REGULARIZATION, 0.12, 0.02, 0.5, Scale.LOG),
                real(EXPONENT, 0.6, 0.3, 1, Scale.LINEAR),
                candidates(items)));
        if (timed) {
            space.add(new Hyperparameter.OfChoice(
                    SgdSettings.RECENCY_HALF_LIFE,
                    "Half-lives worth trying.",
                    RECENT,
                    List.of("0", "1", RECENT, "5", "10", "30")));
        }
        return space;
    }

    private static Hyperparameter.OfChoice candidates(int items) {
        List<String> counts = CANDIDATES.stream()
                .filter(count -> Integer.parseInt(count) <= Math.max(1, items / ITEMS_PER_CANDIDATE))
                .toList();
        String standIn = counts.get(Math.min(counts.size() - 1, CANDIDATES.indexOf("20")));
        return new Hyperparameter.OfChoice(SgdSettings.CANDIDATES, "Counts worth trying.", standIn, counts);
    }

    /** Settings that did well on other data: mostly hard negatives, and a pull at each interaction alike. */
    static List<Map<String, String>> starts(Loss loss, int items, boolean timed) {
        if (loss == Loss.SQUARED) {
            return List.of();
        }
        List<Map<String, String>> starts = List.of(
                start(items, 20, Map.of(EXPONENT, "1")),
                start(items, 20, Map.of(EXPONENT, "1", FACTORS, "128", SgdSettings.LEARNING_RATE, "0.05")),
                start(items, 10, Map.of(EXPONENT, "0.8", REGULARIZATION, "0.2")),
                new TreeMap<>(Map.of(LOSS, Loss.WARP.word(), EXPONENT, "1", FACTORS, "128")),
                start(items, 1, Map.of(EXPONENT, "1")));
        if (timed) {
            starts.forEach(start -> start.put(SgdSettings.RECENCY_HALF_LIFE, RECENT));
        }
        return starts;
    }

    /** A start with BPR and as many candidates, or as few as there may be. */
    private static Map<String, String> start(int items, int candidates, Map<String, String> others) {
        List<String> offered = candidates(items).choices();
        int most = Integer.parseInt(offered.getLast());
        Map<String, String> start = new TreeMap<>(others);
        start.put(LOSS, Loss.BPR.word());
        start.put(SgdSettings.CANDIDATES, Integer.toString(Math.min(candidates, most)));
        return start;
    }

    private static Hyperparameter factors(List<String> values) {
        return new Hyperparameter.OfChoice(FACTORS, "Lengths worth trying.", "64", values);
    }

    private static Hyperparameter real(String name, double standIn, double low, double high, Scale scale) {
        return new Hyperparameter.OfReal(name, "Values worth trying.", standIn, low, high, scale);
    }
}
