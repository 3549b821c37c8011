package dev.latent.benchmarks.quality;

import java.util.List;
import java.util.Map;

/**
 * One row of the quality table: an algorithm with fixed hyperparameters on one data set by one protocol, and its target.
 *
 * @param dataset folder of the data
 * @param protocol how train and test are parted and what is measured
 * @param algorithm its name
 * @param given hyperparameters that differ from their defaults
 * @param target of the protocol's measure
 * @param counts whether the target is asked of this row; otherwise the row stands beside one that it is asked of
 */
record QualityCase(
        String dataset, Protocol protocol, String algorithm, Map<String, String> given, double target, boolean counts) {

    /** How train and test are parted and what is measured. */
    enum Protocol {
        /** The mean RMSE over the owners' five folds; the target is the most it may be. */
        OFFICIAL_FOLDS("official folds u1..u5, RMSE", "rmse", "bias"),
        /** NDCG@10 over the full catalogue; the target is the least multiple of popularity's. */
        LEAVE_LAST_OUT("leave-last-out, full catalogue, NDCG@10", "ndcg@10", "popularity");

        private final String title;
        private final String metric;
        private final String baseline;

        Protocol(String title, String metric, String baseline) {
            this.title = title;
            this.metric = metric;
            this.baseline = baseline;
        }

        /** Name of the measure that has a target. */
        String metric() {
            return metric;
        }

        /** Name of the baseline that stands beside. */
        String baseline() {
            return baseline;
        }

        /** Errors are to be low, rankings high; what was not measured is not met. */
        boolean isMet(double value, double target) {
            return this == OFFICIAL_FOLDS ? value <= target : value >= target;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private static final String SMALL = "ml-latest-small";
    private static final String FOLDS = "ml-100k";

    /** Sixty percent above popularity. */
    private static final double ABOVE_POPULARITY = 1.6;

    /**
     * All rows. The hyperparameters were chosen on parts cut from training data alone. {@code minimum_value} stays at its
     * default: every rating counts as an interaction, and the held-out item is relevant whatever its rating. Of the losses for
     * rankings, BPR is the one that the target is asked of.
     */
    static List<QualityCase> all() {
        return List.of(
                new QualityCase(FOLDS, Protocol.OFFICIAL_FOLDS, "sgd", Map.of(), 0.934, true),
                new QualityCase(FOLDS, Protocol.OFFICIAL_FOLDS, "wals", Map.of("feedback", "explicit"), 0.94, true),
                new QualityCase(
                        FOLDS,
                        Protocol.OFFICIAL_FOLDS,
                        "wals",
                        Map.of("feedback", "explicit", "regularization_exponent", "0.5", "regularization", "1.35"),
                        0.94,
                        false),
                ranking(FOLDS, "wals", Map.of(), true),
                ranking(FOLDS, "sgd", Map.of("loss", "logistic"), false),
                ranking(FOLDS, "sgd", Map.of("loss", "bpr"), true),
                ranking(SMALL, "wals", Map.of(), true),
                ranking(SMALL, "sgd", Map.of("loss", "logistic"), false),
                ranking(SMALL, "sgd", Map.of("loss", "bpr"), true));
    }

    private static QualityCase ranking(String dataset, String algorithm, Map<String, String> given, boolean counts) {
        return new QualityCase(dataset, Protocol.LEAVE_LAST_OUT, algorithm, given, ABOVE_POPULARITY, counts);
    }
}
