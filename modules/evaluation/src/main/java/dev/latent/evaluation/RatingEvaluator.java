package dev.latent.evaluation;

import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainedModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures predicted values against all test interactions: {@code rmse} and {@code mae}, with each prediction clipped to the
 * range of the training values. Summed in a fixed order, so that the result does not depend on the number of threads.
 * Immutable and thread-safe.
 */
public final class RatingEvaluator {

    private static final int BLOCK_USERS = 64;

    private final int threads;

    /**
     * Creates an evaluator.
     *
     * @param threads to keep busy, at least 1
     */
    public RatingEvaluator(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("Rating evaluation needs at least 1 thread, got " + threads);
        }
        this.threads = threads;
    }

    /** The sums over a block of users. */
    private record Totals(int users, long count, double squares, double absolutes) {
        static final Totals ZERO = new Totals(0, 0, 0, 0);

        Totals plus(Totals other) {
            return new Totals(
                    users + other.users, count + other.count, squares + other.squares, absolutes + other.absolutes);
        }
    }

    /** The smallest and the largest training value. */
    private record Range(double low, double high) {
        static Range of(SparseRows rows) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (long position = 0; position < rows.count(); position++) {
                low = Math.min(low, rows.value(position));
                high = Math.max(high, rows.value(position));
            }
            return low > high ? new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY) : new Range(low, high);
        }

        double clip(double value) {
            return Math.clamp(value, low, high);
        }
    }

    /** Fills in the predictions of a user's test items, given as positions of the test's rows. */
    @FunctionalInterface
    private interface RowPredictor {
        void predict(int user, long start, double[] predictions, int count);
    }

    /**
     * Measures a trained model.
     *
     * @param model embeddings, or a model that scores the training histories
     * @param train what it was trained on
     * @param test what to predict
     * @return over the users who have a test interaction
     */
    public Measurement evaluate(TrainedModel model, Snapshot train, Snapshot test) {
        if (model instanceof EmbeddingModel embedding) {
            return evaluate((user, item) -> embedding.score(user, item), train, test);
        }
        Scorer scorer = Scorer.of(model, train);
        SparseRows rows = test.byUser();
        return measure(train, rows, () -> {
            float[][] scores = new float[1][scorer.itemCount()];
            return (user, start, predictions, count) -> {
                scorer.score(user, 1, scores);
                for (int index = 0; index < count; index++) {
                    predictions[index] = scores[0][rows.index(start + index)];
                }
            };
        });
    }

    /**
     * Measures any predictor.
     *
     * @param predictor gives a value for a user and an item
     * @param train gives the range to clip to
     * @param test what to predict
     * @return over the users who have a test interaction
     */
    public Measurement evaluate(RatingPredictor predictor, Snapshot train, Snapshot test) {
        SparseRows rows = test.byUser();
        return measure(train, rows, () -> (user, start, predictions, count) -> {
            for (int index = 0; index < count; index++) {
                predictions[index] = predictor.predict(user, rows.index(start + index));
            }
        });
    }

    private Measurement measure(Snapshot train, SparseRows test, Supplier<RowPredictor> predictors) {
        Range range = Range.of(train.byUser());
        int blocks = (test.rows() + BLOCK_USERS - 1) / BLOCK_USERS;
        Totals[] totals = new Totals[blocks];
        RowPredictor[] workers = new RowPredictor[threads];
        try (WorkerPool pool = new WorkerPool(threads)) {
            pool.run(blocks, (block, worker) -> {
                if (workers[worker] == null) {
                    workers[worker] = predictors.get();
                }
                int from = block * BLOCK_USERS;
                int to = Math.min(test.rows(), from + BLOCK_USERS);
                totals[block] = measureUsers(test, from, to, workers[worker], range);
            });
        }
        Totals sum = Totals.ZERO;
        for (Totals part : totals) {
            sum = sum.plus(part);
        }
        return new Measurement(sum.users, sum.count, name(sum));
    }

    private static Map<String, Double> name(Totals sum) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        if (sum.count > 0) {
            metrics.put("rmse", Math.sqrt(sum.squares / sum.count));
            metrics.put("mae", sum.absolutes / sum.count);
        }
        return metrics;
    }

    private static Totals measureUsers(SparseRows test, int from, int to, RowPredictor predictor, Range range) {
        int users = 0;
        long count = 0;
        double squares = 0;
        double absolutes = 0;
        for (int user = from; user < to; user++) {
            int length = test.length(user);
            if (length > 0) {
                double[] predictions = new double[length];
                predictor.predict(user, test.start(user), predictions, length);
                for (int index = 0; index < length; index++) {
                    double error = range.clip(predictions[index]) - test.value(test.start(user) + index);
                    squares += error * error;
                    absolutes += Math.abs(error);
                }
                users++;
                count += length;
            }
        }
        return new Totals(users, count, squares, absolutes);
    }
}
