package dev.latent.algorithms.wals;

import dev.latent.spi.FloatMatrix;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;

/** How many pairs of each row are liked, and the weights that follow. */
final class LikedCounts {

    private final int[] counts;
    private final double mean;

    private LikedCounts(int[] counts, double mean) {
        this.counts = counts;
        this.mean = mean;
    }

    static LikedCounts of(SparseRows interactions, double minimumValue) {
        int[] counts = new int[interactions.rows()];
        long total = 0;
        int rows = 0;
        for (int row = 0; row < counts.length; row++) {
            long end = interactions.end(row);
            int liked = 0;
            for (long position = interactions.start(row); position < end; position++) {
                liked += interactions.value(position) >= minimumValue ? 1 : 0;
            }
            counts[row] = liked;
            total += liked;
            rows += liked == 0 ? 0 : 1;
        }
        return new LikedCounts(counts, rows == 0 ? 1 : (double) total / rows);
    }

    int rows() {
        return counts.length;
    }

    int of(int row) {
        return counts[row];
    }

    /**
     * Σ of the weights of ‖row‖² over the rows that have any liked pair.
     *
     * @param normalization exponent of what the row's part in the objective weighs; 0 when all weigh 1
     */
    double penalties(Objective objective, int columns, double normalization) {
        double sum = 0;
        for (int row = 0; row < counts.length; row++) {
            sum += counts[row] == 0 ? 0 : weight(row, normalization) * objective.penalty(counts[row], columns);
        }
        return sum;
    }

    /** The mean over the rows that have any; 1 when none has. */
    double mean() {
        return mean;
    }

    /** Returns {@code (count / mean)^(−exponent)}, and 1 of a row that has none. */
    double weight(int row, double exponent) {
        return counts[row] == 0 || exponent == 0 ? 1 : StrictMath.pow(counts[row] / mean, -exponent);
    }

    /** Returns {@link #weight(int, double)} of each row. */
    FloatMatrix weights(Arena arena, double exponent) {
        FloatMatrix weights = FloatMatrix.allocate(arena, counts.length, 1);
        for (int row = 0; row < counts.length; row++) {
            weights.set(row, 0, (float) weight(row, exponent));
        }
        return weights;
    }
}
