package dev.latent.algorithms.wals;

import dev.latent.math.ParallelGramian;
import dev.latent.math.WorkerPool;
import dev.latent.spi.FloatMatrix;
import java.lang.foreign.Arena;

/** {@code Σ q_i·h_i·h_iᵀ}: the Gramian of the items' vectors times the roots of their weights, of which it holds a copy. */
final class NormalizedGramian {

    private static final int BLOCK_ROWS = 1 << 10;

    private final WorkerPool pool;
    private final Side items;
    private final FloatMatrix scaled;
    private final float[][] vectors;

    NormalizedGramian(Arena arena, WorkerPool pool, Side items) {
        this.pool = pool;
        this.items = items;
        int rank = items.factors().columns();
        scaled = FloatMatrix.allocate(arena, items.size(), rank);
        vectors = new float[pool.threads()][rank];
    }

    /** Fills {@code gramian}, rank×rank, by way of {@code sums}. */
    void compute(ParallelGramian sums, double[] gramian) {
        pool.run(Math.ceilDiv(items.size(), BLOCK_ROWS), (block, worker) -> {
            int end = Math.min(items.size(), (block + 1) * BLOCK_ROWS);
            for (int row = block * BLOCK_ROWS; row < end; row++) {
                scale(row, vectors[worker]);
            }
        });
        sums.compute(scaled.segment(), items.size(), gramian);
    }

    private void scale(int row, float[] vector) {
        items.factors().readRow(row, vector, 0);
        float root = (float) Math.sqrt(items.lossWeight(row));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= root;
        }
        scaled.writeRow(row, vector, 0);
    }
}
