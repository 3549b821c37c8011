package dev.latent.algorithms.wals;

import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.SnapshotShape;

/**
 * What a run allocates beside its snapshot. Double arithmetic: shapes are bounds that are planned with, and may lie far
 * beyond any machine.
 *
 * @param heap workspaces and sums, in bytes
 * @param offHeap vectors, biases and weights, in bytes
 */
record MemoryNeed(double heap, double offHeap) {

    /** Matrices of order² that are held once, a square each: Gramians and base in float64, base and a row in float32. */
    private static final double SHARED = Double.BYTES * 4.0 + Float.BYTES * 2.0;

    /** Squares that {@link PrincipalAxes} holds for a moment: five in float64 of the decomposition, the axes in float32. */
    private static final double AXES = Double.BYTES * 5.0 + Float.BYTES;

    /** Block sums of a Gramian, as far as there is no more than one a thread. */
    private static final double WAVE = 16 << 20;

    /** Row blocks, arrays of gathered rows and what the JVM itself needs to run them. */
    private static final double FIXED = 4 << 20;

    static MemoryNeed of(SnapshotShape shape, WalsOptions options, int threads) {
        Objective objective = options.objective();
        double order = objective.order(options.factors());
        double rows = (double) shape.users() + shape.items();
        double square = order * order;
        int longest = Math.max(shape.longestUserRow(), shape.longestItemRow());
        boolean isLong = RowLimits.DEFAULT.isLong(longest);
        double pairs = Math.min(longest, RowLimits.DEFAULT.longest());
        double worker = square * (Float.BYTES + Double.BYTES) + 20 * pairs + (1 << 20);
        if (options.solver().kind() == SolverChoice.Kind.CHOLESKY) {
            worker += Float.BYTES * DualRow.floats(order);
        } else {
            worker += Float.BYTES * Math.min((double) RowCache.MOST_FLOATS, order * Math.max(64, pairs));
        }
        if (objective.pairWeights().nonNegative()) {
            worker += square * Double.BYTES;
        }
        if (isLong) {
            worker += square * (Float.BYTES + Double.BYTES) + 12.0 * RowLimits.DEFAULT.chunk();
        }
        double heap = FIXED + threads * worker + square * (SHARED + (isLong ? Double.BYTES : 0)) + 24 * rows;
        heap += options.turns() ? square * AXES : 0;
        heap += Math.max(threads * square * Float.BYTES, Math.min(WAVE, 32 * square * Float.BYTES));
        return new MemoryNeed(heap, Float.BYTES * vectors(shape, objective.pairWeights(), order));
    }

    /** Floats of vectors, weights, the copy of normalised items, and the users by their recent interactions. */
    private static double vectors(SnapshotShape shape, PairWeights weights, double order) {
        double rows = (double) shape.users() + shape.items();
        double floats = rows * (order + (weights.equals(PairWeights.NONE) ? 0 : 1));
        floats += weights.isNormalized() ? shape.items() * order : 0;
        return floats + (weights.countsRecency() ? shape.users() * order + shape.interactions() : 0);
    }

    /** Bytes, {@link Long#MAX_VALUE} when there are more. */
    long total() {
        return (long) (heap + offHeap);
    }

    ResourceEstimate estimate(int sweeps, double secondsPerSweep) {
        return new ResourceEstimate((long) heap, (long) offHeap, sweeps, secondsPerSweep);
    }
}
