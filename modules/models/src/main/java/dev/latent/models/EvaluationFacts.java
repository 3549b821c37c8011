package dev.latent.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation of a version came to. Maps keep the order in which their entries are to be shown.
 *
 * @param subject what was measured
 * @param protocol its name, for example {@code given}
 * @param split how the data was parted, for a person
 * @param seed from which splits, trainings and intervals follow
 * @param users how many were measured
 * @param metrics by name, for example {@code ndcg@10}
 * @param intervals of 95 %, of the metrics that have one
 * @param baselines the same metrics of simple methods, by their name
 * @param leakage how much of the test the version had been trained on
 * @param denominators what the metrics are of, by name
 * @param parts the metrics by segment and by fold
 * @param definitions how each metric is computed
 * @param notes for a person
 * @param duration how long it took
 */
public record EvaluationFacts(
        Subject subject,
        String protocol,
        String split,
        long seed,
        long users,
        Map<String, Double> metrics,
        Map<String, Interval> intervals,
        Map<String, Map<String, Double>> baselines,
        Leakage leakage,
        Map<String, Long> denominators,
        List<Part> parts,
        Map<String, String> definitions,
        List<String> notes,
        Duration duration) {

    /** What an evaluation measures. */
    public enum Subject {
        /** The sealed version, as it is served. */
        VERSION,
        /** Its algorithm and hyperparameters, trained again on parts of its dataset. */
        ALGORITHM
    }

    /**
     * Where a metric lies with 95 % confidence.
     *
     * @param low the 2.5th percentile
     * @param high the 97.5th percentile
     */
    public record Interval(double low, double high) {}

    /** From where it is known what a version has been trained on. */
    public enum Basis {
        /** Nothing of the test can have been trained on: the trainings were made for this evaluation. */
        HELD_OUT,
        /** The dataset still holds, byte for byte, what the version was trained on. */
        EXACT,
        /** The dataset has changed since: its interactions up to the sealing of the version are taken for seen. */
        BY_TIME,
        /** The version was made elsewhere. */
        UNKNOWN
    }

    /**
     * How much of the test the version had been trained on; that much was left out of it.
     *
     * @param basis from where that is known
     * @param testInteractions of the test, before any were left out
     * @param seenInteractions of them that the version had been trained on
     */
    public record Leakage(Basis basis, long testInteractions, long seenInteractions) {

        /** Checks the counts. */
        public Leakage {
            if (seenInteractions < 0 || seenInteractions > testInteractions) {
                throw new IllegalArgumentException(
                        "seen are " + seenInteractions + " of " + testInteractions + " test interactions");
            }
        }

        /**
         * Returns the share of the test that was seen.
         *
         * @return 0 to 1
         */
        public double share() {
            return testInteractions == 0 ? 0 : (double) seenInteractions / testInteractions;
        }
    }

    /**
     * The metrics of a part of the data.
     *
     * @param kind {@code users} or {@code items} for segments, {@code fold}
     * @param name of the part, for example {@code tail}
     * @param metrics by name
     */
    public record Part(String kind, String name, Map<String, Double> metrics) {

        /** Copies the map; every number is finite. */
        public Part {
            metrics = finite(metrics);
        }
    }

    /**
     * How long an evaluation took.
     *
     * @param seconds all of it
     * @param trainingSeconds of it for trainings, without those of baselines
     */
    public record Duration(double seconds, double trainingSeconds) {}

    /** Copies lists and maps; every number is finite. */
    public EvaluationFacts {
        metrics = finite(metrics);
        intervals = ordered(intervals);
        Map<String, Map<String, Double>> copies = new LinkedHashMap<>();
        baselines.forEach((name, values) -> copies.put(name, finite(values)));
        baselines = Collections.unmodifiableMap(copies);
        denominators = ordered(denominators);
        parts = List.copyOf(parts);
        definitions = ordered(definitions);
        notes = List.copyOf(notes);
    }

    private static <V> Map<String, V> ordered(Map<String, V> values) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private static Map<String, Double> finite(Map<String, Double> values) {
        values.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("Metric '" + name + "' is " + value
                        + ", expected a finite number; check the values of the test and the numbers of the model");
            }
        });
        return ordered(values);
    }
}
