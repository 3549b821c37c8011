package dev.latent.algorithms.wals;

/**
 * One way to minimise a row's part of the objective. One for each worker: nothing is allocated for a row. Not thread-safe.
 */
interface RowSolver {

    /**
     * Improves or solves one row.
     *
     * @param pairs at least one
     * @param penalty weight of ‖x‖²
     * @param x the present vector, with its bias last; replaced by the new one
     * @return false when the row's system is not positive definite in float32; {@code x} is then unspecified
     */
    boolean solve(LikedPairs pairs, FixedSide fixed, double penalty, float[] x);

    /**
     * The weighted squared error of the row solved last: of its liked pairs, and when {@link #countsUnobserved} of all
     * its pairs.
     */
    double error();

    /** Whether {@link #error} holds the unobserved pairs too. */
    boolean countsUnobserved();
}
