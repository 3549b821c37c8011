package dev.latent.algorithms.wals;

import dev.latent.math.GatheredRows;
import dev.latent.spi.FloatMatrix;
import java.util.Optional;

/**
 * What a half-sweep holds fixed while it solves the other side.
 *
 * @param sweep in which it happens, from 1; for messages
 * @param factors vectors of the fixed side
 * @param biases of the fixed side, with ratings
 * @param weights of the fixed side's pairs, when they are not all 1
 * @param offset μ, subtracted from ratings
 * @param base α0·FᵀF of the factors F in float64, order×order: what every row's system starts from
 * @param roundedBase the same in float32
 * @param isDiagonal whether it is nothing but its diagonal
 */
@SuppressWarnings("ArrayRecordComponent")
record FixedSide(
        int sweep,
        FloatMatrix factors,
        Optional<FloatMatrix> biases,
        Optional<FloatMatrix> weights,
        float offset,
        double[] base,
        float[] roundedBase,
        boolean isDiagonal) {

    /**
     * Prepares a side.
     *
     * @param gramian FᵀF; empty with ratings, where no unobserved pair counts
     */
    static FixedSide of(int sweep, Side side, float offset, Objective objective, double[] gramian) {
        int order = objective.order(side.factors().columns());
        double[] base = new double[order * order];
        float[] rounded = new float[order * order];
        for (int i = 0; i < gramian.length; i++) {
            base[i] = objective.unobservedWeight() * gramian[i];
            rounded[i] = (float) base[i];
        }
        return new FixedSide(
                sweep, side.factors(), side.biases(), side.weights(), offset, base, rounded, isDiagonal(base, order));
    }

    private static boolean isDiagonal(double[] base, int order) {
        for (int i = 0; i < order; i++) {
            for (int j = i + 1; j < order; j++) {
                if (base[i * order + j] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns what the row's own coordinates are to explain: 1, or with ratings the value less offset and bias. */
    float target(int row, float value) {
        return biases.isPresent() ? value - offset - biases.get().get(row, 0) : 1f;
    }

    /** Returns what the row weighs in its pairs. */
    float weight(int row) {
        return weights.isPresent() ? weights.get().get(row, 0) : 1f;
    }

    /** The coordinates of a row's system: the factors, and with ratings the bias. */
    int order() {
        return factors.columns() + (biases.isPresent() ? 1 : 0);
    }

    /**
     * Puts columns of the vectors of some liked pairs side by side, each times the root of its weight. A bias is a column
     * of ones behind the factors.
     */
    void gather(LikedPairs pairs, int first, int count, int column, int width, float[] target, int offset) {
        int rank = factors.columns();
        int copied = Math.min(width, rank - column);
        GatheredRows.gather(
                factors.segment(), rank, column, copied, pairs.columns(), first, count, target, offset, width);
        if (copied < width) {
            for (int row = 0; row < count; row++) {
                target[offset + row * width + copied] = 1f;
            }
        }
        if (pairs.isWeighted()) {
            for (int row = 0; row < count; row++) {
                scale(pairs.roots()[first + row], target, offset + row * width, width);
            }
        }
    }

    private static void scale(float factor, float[] values, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            values[i] *= factor;
        }
    }

    /** Σ over the liked pairs of weight·(target − score)², in float64, the plain way. */
    double observedError(LikedPairs pairs, float[] x) {
        double sum = 0;
        for (int pair = 0; pair < pairs.count(); pair++) {
            double score = biases.isPresent() ? x[factors.columns()] : 0;
            for (int i = 0; i < factors.columns(); i++) {
                score += (double) factors.get(pairs.columns()[pair], i) * x[i];
            }
            double error = pairs.targets()[pair] - pairs.roots()[pair] * score;
            sum += error * error;
        }
        return sum;
    }

    /** α0·‖F·x‖². */
    double unobservedError(float[] x) {
        int order = order();
        double sum = 0;
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < order; j++) {
                sum += base[i * order + j] * x[i] * x[j];
            }
        }
        return sum;
    }
}
