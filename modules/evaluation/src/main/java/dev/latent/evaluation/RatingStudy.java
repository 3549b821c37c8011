package dev.latent.evaluation;

import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainedModel;
import java.util.function.Supplier;

/**
 * Sums the errors of predictions over the test interactions of each user: of squares, then of absolute values, for all
 * items and for those of each segment. Predictions are clipped to the range of the training values. Immutable and
 * thread-safe.
 */
final class RatingStudy {

    static final int SQUARES = 0;
    static final int ABSOLUTES = 1;
    static final int PER_SEGMENT = 2;
    static final int COLUMNS = PER_SEGMENT * (1 + Segments.COUNT);

    private final byte[] segments;
    private final int threads;
    private final double low;
    private final double high;

    RatingStudy(Snapshot train, int threads) {
        this.threads = threads;
        segments = Segments.ofItems(train);
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        SparseRows rows = train.byUser();
        for (long position = 0; position < rows.count(); position++) {
            least = Math.min(least, rows.value(position));
            greatest = Math.max(greatest, rows.value(position));
        }
        low = least > greatest ? Double.NEGATIVE_INFINITY : least;
        high = least > greatest ? Double.POSITIVE_INFINITY : greatest;
    }

    /** A predictor for each thread: what a model gives, for users with the histories given. */
    static Supplier<RatingPredictor> predictors(TrainedModel model, Snapshot histories) {
        if (model instanceof EmbeddingModel embedding) {
            return () -> embedding::score;
        }
        Scorer scorer = Scorer.of(model, histories);
        return () -> new RowPredictor(scorer);
    }

    /** Keeps the scores of the last user it was asked for. */
    private static final class RowPredictor implements RatingPredictor {
        private final Scorer scorer;
        private final float[][] scores;
        private int scored = -1;

        RowPredictor(Scorer scorer) {
            this.scorer = scorer;
            scores = new float[1][scorer.itemCount()];
        }

        @Override
        public double predict(int user, int item) {
            if (scored != user) {
                scorer.score(user, 1, scores);
                scored = user;
            }
            return scores[0][item];
        }
    }

    /** Measures the test interactions of all users and adds them to the sums of {@link #COLUMNS} columns. */
    void measure(Snapshot test, Supplier<RatingPredictor> predictors, UserSums sums) {
        double[][] rows = new double[test.userCount()][];
        RatingPredictor[] workers = new RatingPredictor[threads];
        try (WorkerPool pool = new WorkerPool(threads)) {
            pool.run(Math.ceilDiv(rows.length, TopLists.SLICE), (block, worker) -> {
                if (workers[worker] == null) {
                    workers[worker] = predictors.get();
                }
                int end = Math.min(rows.length, (block + 1) * TopLists.SLICE);
                for (int user = block * TopLists.SLICE; user < end; user++) {
                    rows[user] = measureUser(test.byUser(), user, workers[worker]);
                }
            });
        }
        for (int user = 0; user < rows.length; user++) {
            if (test.byUser().length(user) > 0) {
                sums.add(user, rows[user]);
            }
        }
    }

    private double[] measureUser(SparseRows test, int user, RatingPredictor predictor) {
        double[] sums = new double[2 * COLUMNS];
        for (long position = test.start(user); position < test.end(user); position++) {
            int item = test.index(position);
            double error = Math.clamp(predictor.predict(user, item), low, high) - test.value(position);
            add(sums, 0, error);
            add(sums, 1 + segments[item], error);
        }
        return sums;
    }

    private static void add(double[] sums, int segment, double error) {
        int start = 2 * PER_SEGMENT * segment;
        sums[start + 2 * SQUARES] += error * error;
        sums[start + 2 * SQUARES + 1]++;
        sums[start + 2 * ABSOLUTES] += Math.abs(error);
        sums[start + 2 * ABSOLUTES + 1]++;
    }
}
