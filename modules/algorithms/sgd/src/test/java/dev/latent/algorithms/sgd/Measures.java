package dev.latent.algorithms.sgd;

import dev.latent.math.DenseSolver;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FoldIn;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What a model is worth, computed plainly. */
final class Measures {

    private Measures() {}

    /** Of the test part's values, predictions clipped to a range. */
    static double rmse(EmbeddingModel model, Snapshot test, double low, double high) {
        SparseRows rows = test.byUser();
        double squares = 0;
        for (int user = 0; user < rows.rows(); user++) {
            for (long at = rows.start(user); at < rows.end(user); at++) {
                double error = Math.clamp(model.score(user, rows.index(at)), low, high) - rows.value(at);
                squares += error * error;
            }
        }
        return Math.sqrt(squares / rows.count());
    }

    /** The items that a user has not met with the highest scores. */
    static int[] top(EmbeddingModel model, Snapshot train, int user, int count) {
        double[] scores = scores(model, train, user);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> scores[item])
                        .reversed())
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** All scores of a user; of items met in training the lowest. */
    static double[] scores(EmbeddingModel model, Snapshot train, int user) {
        double[] scores = new double[train.itemCount()];
        for (int item = 0; item < scores.length; item++) {
            scores[item] = model.score(user, item);
        }
        hideSeen(scores, train.byUser(), user);
        return scores;
    }

    /** Gives the items of a user's row the lowest score. */
    static void hideSeen(double[] scores, SparseRows rows, int user) {
        for (long at = rows.start(user); at < rows.end(user); at++) {
            scores[rows.index(at)] = Double.NEGATIVE_INFINITY;
        }
    }

    /** NDCG@10 of one held-out item: ties rank the lower number first. */
    static double ndcgAt10(double[] scores, int held) {
        int rank = 0;
        for (int item = 0; item < scores.length; item++) {
            if (scores[item] > scores[held] || (scores[item] == scores[held] && item < held)) {
                rank++;
            }
        }
        return rank < 10 ? Math.log(2) / Math.log(rank + 2) : 0;
    }

    /** The scores of all items for a user that {@link FoldIn.Ridge} solves from a row. */
    static double[] foldIn(EmbeddingModel model, FoldIn.Ridge law, SparseRows rows, int user) {
        int order = model.rank() + 1;
        double[] system = new double[order * order];
        double[] target = new double[order];
        for (long at = rows.start(user); at < rows.end(user); at++) {
            double[] h = widened(model, rows.index(at));
            double goal = rows.value(at) - model.offset() - bias(model, rows.index(at));
            for (int row = 0; row < order; row++) {
                target[row] += goal * h[row];
                for (int column = 0; column < order; column++) {
                    system[row * order + column] += h[row] * h[column];
                }
            }
        }
        double ridge = law.regularization() * Math.pow(rows.length(user), law.regularizationExponent());
        for (int row = 0; row < order; row++) {
            system[row * order + row] += ridge;
        }
        double[] solution = DenseSolver.solveSymmetric(system, order, target);
        return IntStream.range(0, Math.toIntExact(model.items().rows()))
                .mapToDouble(item -> model.offset() + bias(model, item) + dot(solution, widened(model, item)))
                .toArray();
    }

    private static double bias(EmbeddingModel model, int item) {
        return model.itemBiases().orElseThrow().get(item, 0);
    }

    private static double[] widened(EmbeddingModel model, int item) {
        double[] h = new double[model.rank() + 1];
        for (int factor = 0; factor < model.rank(); factor++) {
            h[factor] = model.items().get(item, factor);
        }
        h[model.rank()] = 1;
        return h;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int index = 0; index < a.length; index++) {
            sum += a[index] * b[index];
        }
        return sum;
    }
}
