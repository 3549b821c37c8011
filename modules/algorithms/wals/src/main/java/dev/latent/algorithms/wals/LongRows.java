package dev.latent.algorithms.wals;

import dev.latent.math.WorkerPool;
import dev.latent.spi.SparseRows;
import java.util.Arrays;

/**
 * The exact solve of a row that would keep one thread busy while others wait: its normal equations are summed by all
 * threads over chunks of a fixed length, and the chunks are added in their order, so that the result does not depend on
 * the number of threads. With every solver such rows are solved exactly: they are few, and the Gramian of very many rows
 * runs at the kernels' full speed. Sums over the whole row are float64, as is the solve.
 */
final class LongRows {

    private final WorkerPool pool;
    private final RowLimits limits;
    private final WalsOptions options;
    private final Objective objective;
    private final Chunk[] chunks;
    private final int order;
    private final PreciseSystem equations;
    private final float[] vector;

    /** One worker's part of the sums, float64 where chunks meet. */
    private static final class Chunk {
        final LikedPairs pairs;
        final RowSystem sums;
        int liked;
        double weight;
        double squaredTargets;

        Chunk(Objective objective, int order, int length, Runnable cancellation) {
            pairs = new LikedPairs(objective, length);
            sums = new RowSystem(order, cancellation);
        }
    }

    LongRows(WorkerPool pool, RowLimits limits, WalsOptions options, Runnable cancellation) {
        this.pool = pool;
        this.limits = limits;
        this.options = options;
        this.objective = options.objective();
        order = objective.order(options.factors());
        equations = new PreciseSystem(objective, options.factors());
        vector = new float[order];
        chunks = new Chunk[pool.threads()];
        Arrays.setAll(chunks, worker -> new Chunk(objective, order, limits.chunk(), cancellation));
    }

    /** Overwrites the row by its exact minimum and returns its sums. */
    LossSums solve(Side side, FixedSide fixed, int row) {
        SparseRows interactions = side.interactions();
        equations.begin(fixed.base());
        int liked = 0;
        double weight = 0;
        double squaredTargets = 0;
        int count = limits.chunks(interactions.length(row));
        for (int first = 0; first < count; first += chunks.length) {
            int wave = Math.min(chunks.length, count - first);
            int start = first;
            pool.run(wave, (index, _) -> read(chunks[index], side, fixed, row, start + index));
            for (int index = 0; index < wave; index++) {
                Chunk chunk = chunks[index];
                chunk.sums.addTo(equations.matrix(), equations.rightHandSide());
                liked += chunk.liked;
                weight += chunk.weight;
                squaredTargets += chunk.squaredTargets;
            }
        }
        if (liked == 0) {
            Arrays.fill(vector, 0f);
            side.write(row, vector);
            return LossSums.ZERO;
        }
        double penalty = objective.penalty(liked, interactions.columns());
        solve(penalty, liked, fixed);
        return sums(side, fixed, row, new LossSums(squaredTargets, penalty, weight));
    }

    private void read(Chunk chunk, Side side, FixedSide fixed, int row, int number) {
        SparseRows interactions = side.interactions();
        long start = interactions.start(row) + (long) number * limits.chunk();
        long end = Math.min(interactions.end(row), start + limits.chunk());
        chunk.pairs.read(side, fixed, row, start, end);
        chunk.sums.begin();
        chunk.sums.add(chunk.pairs, fixed);
        chunk.liked = chunk.pairs.count();
        chunk.weight = chunk.pairs.weight();
        chunk.squaredTargets = chunk.pairs.squaredTargets();
    }

    private void solve(double penalty, int liked, FixedSide fixed) {
        for (double sum : equations.rightHandSide()) {
            if (!Double.isFinite(sum)) {
                throw objective.diverged(fixed.sweep());
            }
        }
        if (!equations.solve(penalty)) {
            throw objective.singular(fixed.sweep(), liked, options.factors());
        }
    }

    /** Stores the row; {@code read} holds Σ c·t², the penalty's weight and Σ c. */
    private LossSums sums(Side side, FixedSide fixed, int row, LossSums read) {
        double[] x = equations.solution();
        double[] rightHandSide = equations.rightHandSide();
        double explained = 0;
        double squaredNorm = 0;
        for (int i = 0; i < order; i++) {
            vector[i] = (float) x[i];
            explained += x[i] * rightHandSide[i];
            squaredNorm += x[i] * x[i];
        }
        if (!Float.isFinite((float) squaredNorm)) {
            throw objective.diverged(fixed.sweep());
        }
        side.write(row, vector);
        double penalty = read.penalty() * squaredNorm;
        double error = read.error() - explained - penalty;
        boolean exact = options.solver().kind() == SolverChoice.Kind.CHOLESKY;
        double lossWeight = side.lossWeight(row);
        return new LossSums(
                lossWeight * (exact ? error : error - fixed.unobservedError(vector)),
                lossWeight * penalty,
                read.weight());
    }
}
