package dev.latent.math;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * {@link Kernels#gramian(MemorySegment, long, int, double[], WorkerPool)} with a workspace that is kept for further matrices
 * of the same rank: once it has grown to the tallest, nothing is allocated but what the pool's hand-over needs. For one
 * thread at a time.
 */
public final class ParallelGramian {

    private final int rank;
    private final WorkerPool pool;
    private final float[][] chunks;
    private final float[][] sums;
    private int ready;

    /**
     * A workspace.
     *
     * @param rank columns of the matrices
     * @param pool runs the blocks
     */
    public ParallelGramian(int rank, WorkerPool pool) {
        Shapes.checkRank(rank);
        this.rank = rank;
        this.pool = pool;
        chunks = new float[pool.threads()][Gramians.CHUNK_ROWS * rank];
        sums = new float[Gramians.waveBlocks(rank, pool.threads())][];
    }

    /**
     * Overwrites {@code gramian} with the full symmetric MᵀM.
     *
     * @param matrix rowCount×rank, row-major little-endian float32 from byte 0
     * @param gramian rank×rank
     * @throws java.util.concurrent.CancellationException when interrupted, see {@link WorkerPool#run}
     */
    public void compute(MemorySegment matrix, long rowCount, double[] gramian) {
        Shapes.checkSquare("gramian", gramian.length, rank);
        Shapes.checkRows("matrix", matrix.byteSize(), rowCount, rank);
        KernelProvider kernels = Kernels.provider();
        Arrays.fill(gramian, 0, rank * rank, 0.0);
        for (long start = 0; start < rowCount; start += (long) sums.length * Gramians.BLOCK_ROWS) {
            long first = start;
            int blocks = (int) Math.min(sums.length, Math.ceilDiv(rowCount - start, Gramians.BLOCK_ROWS));
            grow(blocks);
            pool.run(blocks, (block, worker) -> {
                long row = first + (long) block * Gramians.BLOCK_ROWS;
                int count = (int) Math.min(Gramians.BLOCK_ROWS, rowCount - row);
                Gramians.sumBlock(kernels, matrix, row, count, rank, chunks[worker], sums[block]);
            });
            for (int block = 0; block < blocks; block++) {
                Gramians.addUpper(sums[block], rank, gramian);
            }
        }
        Gramians.mirror(gramian, rank);
    }

    private void grow(int blocks) {
        for (; ready < blocks; ready++) {
            sums[ready] = new float[rank * rank];
        }
    }
}
