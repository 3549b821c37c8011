package dev.latent.algorithms.wals;

import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainingFailedException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Solves rows of one side against the other, held fixed: one worker's workspace, with the sums over the rows it solved.
 * Not thread-safe.
 *
 * <p>At the solution x of {@code A·x = b} a row's part of the objective is {@code Σ c·t² − ⟨b, x⟩}, so the loss of a sweep
 * comes from what the solve has at hand, without a second pass over the interactions. It is summed in float64; b and x are
 * float32, so of a nearly perfect fit about the last 10⁻⁶ of {@code Σ c·t²} is noise.
 */
final class RowSolver {

    private static final int CHUNK = 1 << 10;

    private final Objective objective;
    private final int factors;
    private final int order;
    private final Runnable cancellation;
    private final RowSystem system;
    private final int[] columns = new int[CHUNK];
    private final float[] values = new float[CHUNK];

    private int liked;
    private double squaredTargets;
    private double attained;
    private double penalties;
    private double weights;

    /** A workspace; {@code cancellation} is run from time to time inside a long row, and throws to end the run. */
    RowSolver(Objective objective, int factors, Runnable cancellation) {
        this.objective = objective;
        this.factors = factors;
        this.order = objective.order(factors);
        this.cancellation = cancellation;
        system = new RowSystem(order);
    }

    /** Returns the sums over the rows solved since the last call. */
    LossSums takeSums() {
        LossSums sums = new LossSums(attained, penalties, weights);
        attained = 0;
        penalties = 0;
        weights = 0;
        return sums;
    }

    /** Overwrites one row of {@code side} with the minimum of the objective; zeros when nothing was liked. */
    void solve(Side side, FixedSide fixed, int row) {
        SparseRows interactions = side.interactions();
        gather(interactions, fixed, row);
        float[] solution = system.solution();
        if (liked == 0) {
            Arrays.fill(solution, 0f);
        } else {
            double penalty = objective.penalty(liked, interactions.columns());
            if (!system.solve((float) penalty)) {
                solvePrecisely(interactions, fixed, row, penalty);
            }
            account(fixed, penalty);
        }
        side.factors().writeRow(row, solution, 0);
        if (order > factors) {
            side.biases().orElseThrow().set(row, 0, solution[factors]);
        }
    }

    private void gather(SparseRows interactions, FixedSide fixed, int row) {
        system.begin(fixed.roundedBase());
        liked = 0;
        squaredTargets = 0;
        long end = interactions.end(row);
        for (long position = interactions.start(row); position < end; position += CHUNK) {
            int count = (int) Math.min(CHUNK, end - position);
            MemorySegment.copy(interactions.indices(), SparseRows.INT32, position * Integer.BYTES, columns, 0, count);
            MemorySegment.copy(interactions.values(), SparseRows.FLOAT32, position * Float.BYTES, values, 0, count);
            for (int i = 0; i < count; i++) {
                if (values[i] >= objective.minimumValue()) {
                    gatherOne(fixed, columns[i], values[i]);
                }
            }
        }
    }

    private void gatherOne(FixedSide fixed, int column, float value) {
        float[] buffer = system.buffer();
        int offset = system.nextOffset();
        fixed.factors().readRow(column, buffer, offset);
        if (order > factors) {
            buffer[offset + factors] = 1f;
        }
        double weight = objective.confidence(value);
        float target = fixed.target(column, value);
        float root = 1f;
        if (weight != 1) {
            root = (float) Math.sqrt(weight);
            for (int i = offset; i < offset + order; i++) {
                buffer[i] *= root;
            }
        }
        liked++;
        weights += weight;
        squaredTargets += weight * target * target;
        if (system.add(root * target)) {
            cancellation.run();
        }
    }

    private void solvePrecisely(SparseRows interactions, FixedSide fixed, int row, double penalty) {
        checkFinite(system.rightHandSide(), fixed.sweep());
        double[] precise = new PreciseRow(objective, fixed, cancellation)
                .findSolution(interactions, row, penalty)
                .orElseThrow(
                        () -> new TrainingFailedException("The system of a row with " + liked + " interactions and "
                                + factors + " factors is singular in sweep " + fixed.sweep() + "; raise '"
                                + WalsOptions.REGULARIZATION + "' (it was " + objective.regularization() + ")"));
        for (int i = 0; i < order; i++) {
            system.solution()[i] = (float) precise[i];
        }
    }

    private void account(FixedSide fixed, double penalty) {
        float[] solution = system.solution();
        float[] rightHandSide = system.rightHandSide();
        double squaredNorm = 0;
        double explained = 0;
        for (int i = 0; i < order; i++) {
            squaredNorm += (double) solution[i] * solution[i];
            explained += (double) solution[i] * rightHandSide[i];
        }
        if (!Double.isFinite(squaredNorm + explained)) {
            throw diverged(fixed.sweep());
        }
        attained += squaredTargets - explained;
        penalties += penalty * squaredNorm;
    }

    private void checkFinite(float[] sums, int sweep) {
        for (float sum : sums) {
            if (!Float.isFinite(sum)) {
                throw diverged(sweep);
            }
        }
    }

    private TrainingFailedException diverged(int sweep) {
        return objective.alpha() > 0
                ? TrainingFailedException.diverged(sweep, WalsOptions.ALPHA, objective.alpha(), "lower")
                : TrainingFailedException.diverged(
                        sweep, WalsOptions.REGULARIZATION, objective.regularization(), "raise");
    }
}
