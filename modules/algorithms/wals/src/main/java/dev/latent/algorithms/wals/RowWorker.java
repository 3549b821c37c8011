package dev.latent.algorithms.wals;

import dev.latent.spi.SparseRows;
import java.util.Arrays;
import java.util.Optional;

/**
 * Brings rows of one side forward against the other, held fixed: one worker's workspace, with the sums over the rows it
 * has done. The sums are float64, since they run over a whole side. Not thread-safe.
 */
final class RowWorker {

    private final Objective objective;
    private final int factors;
    private final int order;
    private final Runnable cancellation;
    private final RowSolver solver;
    private final LikedPairs pairs;
    private final float[] vector;
    private Optional<PreciseRow> precise = Optional.empty();

    private double error;
    private double penalties;
    private double weights;

    /** A workspace for rows of at most {@code capacity} interactions. */
    RowWorker(WalsOptions options, int capacity, Runnable cancellation) {
        this.objective = options.objective();
        this.factors = options.factors();
        this.order = objective.order(factors);
        this.cancellation = cancellation;
        solver = options.rowSolver(capacity, cancellation);
        pairs = new LikedPairs(objective, capacity);
        vector = new float[order];
    }

    /** Puts the sums over the rows done since the last call. */
    void moveSums(BlockSums sums, int block) {
        sums.put(block, error, penalties, weights);
        error = 0;
        penalties = 0;
        weights = 0;
    }

    /** Overwrites one row of {@code side} by a better or the best one; zeros when nothing was liked. */
    void solve(Side side, FixedSide fixed, int row) {
        SparseRows interactions = side.interactions();
        pairs.read(side, fixed, row, interactions.start(row), interactions.end(row));
        if (pairs.count() == 0) {
            Arrays.fill(vector, 0f);
        } else {
            double penalty = objective.penalty(pairs.count(), interactions.columns());
            side.read(row, vector);
            double rowError =
                    solver.solve(pairs, fixed, penalty, vector) ? solver.error() : solvePrecisely(fixed, penalty);
            account(fixed, rowError, penalty, side.lossWeight(row));
        }
        side.write(row, vector);
    }

    /** Returns the error, which holds the unobserved pairs when the solver's does. */
    private double solvePrecisely(FixedSide fixed, double penalty) {
        if (!(pairs.weight() <= Float.MAX_VALUE)) {
            throw objective.diverged(fixed.sweep());
        }
        if (precise.isEmpty()) {
            precise = Optional.of(new PreciseRow(objective, factors, cancellation));
        }
        if (!precise.get().solve(pairs, fixed, penalty, vector)) {
            throw objective.singular(fixed.sweep(), pairs.count(), factors);
        }
        return fixed.observedError(pairs, vector) + (solver.countsUnobserved() ? fixed.unobservedError(vector) : 0);
    }

    private void account(FixedSide fixed, double rowError, double penalty, float lossWeight) {
        double squaredNorm = 0;
        for (int i = 0; i < order; i++) {
            squaredNorm += (double) vector[i] * vector[i];
        }
        if (!Double.isFinite(squaredNorm + rowError)) {
            throw objective.diverged(fixed.sweep());
        }
        error += lossWeight * rowError;
        penalties += lossWeight * penalty * squaredNorm;
        weights += pairs.weight();
    }
}
