package dev.latent.algorithms.wals;

import dev.latent.spi.FloatMatrix;
import java.util.Optional;

/**
 * What a half-sweep holds fixed while it solves the other side.
 *
 * @param sweep in which it happens, from 1; for messages
 * @param factors vectors of the fixed side
 * @param biases of the fixed side, with ratings
 * @param offset μ, subtracted from ratings
 * @param base α0·FᵀF of the factors F in float64, order×order: what every row's system starts from
 * @param roundedBase the same in float32
 */
@SuppressWarnings("ArrayRecordComponent")
record FixedSide(
        int sweep,
        FloatMatrix factors,
        Optional<FloatMatrix> biases,
        float offset,
        double[] base,
        float[] roundedBase) {

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
        return new FixedSide(sweep, side.factors(), side.biases(), offset, base, rounded);
    }

    /** Returns what the row's own coordinates are to explain: 1, or with ratings the value less offset and bias. */
    float target(int row, float value) {
        return biases.isPresent() ? value - offset - biases.get().get(row, 0) : 1f;
    }
}
