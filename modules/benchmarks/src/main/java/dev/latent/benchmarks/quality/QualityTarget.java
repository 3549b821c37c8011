package dev.latent.benchmarks.quality;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One target and what was reached of it.
 *
 * @param dataset folder of the data
 * @param protocol how it was measured
 * @param label of the rows it is asked of
 * @param metric that counts
 * @param rule the target in words
 * @param bound the target as a number; NaN when what it refers to was not measured
 * @param reached by the row; NaN when it was not measured
 * @param verdict of both
 */
record QualityTarget(
        String dataset,
        String protocol,
        String label,
        String metric,
        String rule,
        double bound,
        double reached,
        Verdict verdict) {

    /** Whether a target was reached. */
    enum Verdict {
        /** It was. */
        MET,
        /** It was not. */
        MISSED,
        /** What it refers to was not measured in this run. */
        UNKNOWN;

        static Verdict of(boolean isMet, double bound, double reached) {
            if (Double.isNaN(bound) || Double.isNaN(reached)) {
                return UNKNOWN;
            }
            return isMet ? MET : MISSED;
        }

        @Override
        public String toString() {
            return this == MISSED ? "**missed**" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** An error that is to be at most a number. */
    static QualityTarget atMost(QualityRow row, String metric, double bound) {
        double reached = row.metric(metric);
        return new QualityTarget(
                row.dataset(),
                row.protocol(),
                row.label(),
                metric,
                String.format(Locale.ROOT, "≤ %.3f", bound),
                bound,
                reached,
                Verdict.of(reached <= bound, bound, reached));
    }

    /** A measure that is to be at least a multiple of another one. */
    static QualityTarget atLeast(QualityRow row, String metric, double factor, String reference, double value) {
        double reached = row.metric(metric);
        double bound = factor * value;
        return new QualityTarget(
                row.dataset(),
                row.protocol(),
                row.label(),
                metric,
                factor == 1 ? "≥ " + reference : String.format(Locale.ROOT, "≥ %s × %s", trim(factor), reference),
                bound,
                reached,
                Verdict.of(reached >= bound, bound, reached));
    }

    private static String trim(double factor) {
        return factor == Math.rint(factor) ? Long.toString((long) factor) : Double.toString(factor);
    }

    /**
     * The row of a label, by data set and protocol.
     *
     * @param rows all of them
     * @param like gives data set and protocol
     */
    static Optional<QualityRow> find(List<QualityRow> rows, QualityRow like, String label) {
        return rows.stream()
                .filter(row -> row.dataset().equals(like.dataset())
                        && row.protocol().equals(like.protocol())
                        && row.label().equals(label))
                .findFirst();
    }

    /** A metric of the row of a label; NaN without one. */
    static double metric(List<QualityRow> rows, QualityRow like, String label, String metric) {
        return find(rows, like, label).map(row -> row.metric(metric)).orElse(Double.NaN);
    }

    /** Figures of programs that are not ours, by data set. */
    record Peers(Map<String, Map<String, Double>> byDataset) {

        double metric(String dataset, String metric) {
            return byDataset.getOrDefault(dataset, Map.of()).getOrDefault(metric, Double.NaN);
        }
    }
}
