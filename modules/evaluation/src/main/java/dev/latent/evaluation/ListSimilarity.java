package dev.latent.evaluation;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainedModel;

/**
 * The mean cosine of the pairs of a list, by the square of the sum of their unit vectors: {@code (|Σ v|² − n) / (n(n−1))}
 * for n of them that are not zero; those that are zero are like none. The workspace of one thread.
 */
final class ListSimilarity {

    private final Vectors vectors;
    private final double[] sum;

    /** Unit vectors of items. */
    private interface Vectors {
        /** Adds the vector of an item; whether it is not zero. */
        boolean add(int item, double[] sum);

        /** The square of the length of the sum, which becomes 0 again. */
        double square(double[] sum, int[] list, int length);
    }

    private ListSimilarity(Vectors vectors, int size) {
        this.vectors = vectors;
        sum = new double[size];
    }

    /** By the model's item vectors when it has some, else by which users have the items. */
    static ListSimilarity of(TrainedModel model, Snapshot train) {
        return model instanceof EmbeddingModel embedding && embedding.rank() > 0
                ? new ListSimilarity(new Factors(embedding), embedding.rank())
                : ofUsers(train);
    }

    /** By which users have the items. */
    static ListSimilarity ofUsers(Snapshot train) {
        return new ListSimilarity(new Users(train.byItem()), train.userCount());
    }

    double mean(int[] list, int length) {
        if (length < 2) {
            return 0;
        }
        int present = 0;
        for (int rank = 0; rank < length; rank++) {
            present += vectors.add(list[rank], sum) ? 1 : 0;
        }
        double pairs = vectors.square(sum, list, length) - present;
        return pairs / ((double) length * (length - 1));
    }

    /** Item vectors of a model. */
    private static final class Factors implements Vectors {
        private final EmbeddingModel model;
        private final float[] row;

        Factors(EmbeddingModel model) {
            this.model = model;
            row = new float[model.rank()];
        }

        @Override
        public boolean add(int item, double[] sum) {
            model.items().readRow(item, row, 0);
            double square = 0;
            for (float value : row) {
                square += (double) value * value;
            }
            if (square == 0) {
                return false;
            }
            double scale = 1 / Math.sqrt(square);
            for (int factor = 0; factor < row.length; factor++) {
                sum[factor] += scale * row[factor];
            }
            return true;
        }

        @Override
        public double square(double[] sum, int[] list, int length) {
            double square = 0;
            for (int factor = 0; factor < sum.length; factor++) {
                square += sum[factor] * sum[factor];
                sum[factor] = 0;
            }
            return square;
        }
    }

    /** An item is the set of its users. */
    private record Users(SparseRows byItem) implements Vectors {

        @Override
        public boolean add(int item, double[] sum) {
            int length = byItem.length(item);
            double value = 1 / Math.sqrt(length);
            for (long position = byItem.start(item); position < byItem.end(item); position++) {
                sum[byItem.index(position)] += value;
            }
            return length > 0;
        }

        /** Touches only users of the list, each counted once and set back to 0. */
        @Override
        public double square(double[] sum, int[] list, int length) {
            double square = 0;
            for (int rank = 0; rank < length; rank++) {
                for (long position = byItem.start(list[rank]); position < byItem.end(list[rank]); position++) {
                    int user = byItem.index(position);
                    square += sum[user] * sum[user];
                    sum[user] = 0;
                }
            }
            return square;
        }
    }
}
