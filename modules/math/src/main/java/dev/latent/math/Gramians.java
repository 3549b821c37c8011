package dev.latent.math;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Gramians that need a scratch: weighted ones, and float64 sums over matrices of any height. */
final class Gramians {

    /** Rows whose products are summed in float32 before they enter the float64 sum. */
    static final int BLOCK_ROWS = 1024;

    /** The most blocks summed side by side. */
    static final int WAVE_BLOCKS = 32;

    /** Rows copied at a time. */
    static final int CHUNK_ROWS = 64;

    /** Elements of a block that a register-blocked kernel reads again and again: 64 KiB, of a second-level cache. */
    private static final int CACHE_ELEMENTS = 1 << 14;

    /** Elements of the block sums of a wave, as far as there is no more than one block a thread: 16 MiB. */
    private static final int WAVE_ELEMENTS = 1 << 22;

    private Gramians() {}

    /**
     * Rows a register-blocked kernel sums before it moves on: so many that they stay in cache, and alike in every step, since
     * a step adds its sums to memory once, however few rows it has.
     */
    static int cacheRows(int rowCount, int rank) {
        int most = Math.max(16, CACHE_ELEMENTS / rank);
        int steps = Math.max(1, Math.ceilDiv(rowCount, most));
        return Math.max(1, Math.ceilDiv(rowCount, steps));
    }

    /** Blocks summed side by side before they are added in order; the result does not depend on it. */
    static int waveBlocks(int rank, int threads) {
        return Math.clamp(WAVE_ELEMENTS / ((long) rank * rank), Math.min(threads, WAVE_BLOCKS), WAVE_BLOCKS);
    }

    static void addWeighted(
            KernelProvider kernels, float[] rows, float[] weights, int rowCount, int rank, float[] gramian) {
        int capacity = Math.min(rowCount, CHUNK_ROWS);
        float[] plain = new float[capacity * rank];
        float[] scaled = new float[capacity * rank];
        for (int start = 0; start < rowCount; start += CHUNK_ROWS) {
            int count = Math.min(CHUNK_ROWS, rowCount - start);
            System.arraycopy(rows, start * rank, plain, 0, count * rank);
            for (int row = 0; row < count; row++) {
                scale(weights[start + row], plain, row * rank, scaled, rank);
            }
            kernels.gramianAdd(scaled, plain, 0, count, rank, gramian);
        }
    }

    /** target[offset + i] = factor·source[offset + i]. */
    static void scale(float factor, float[] source, int offset, float[] target, int length) {
        for (int i = offset; i < offset + length; i++) {
            target[i] = factor * source[i];
        }
    }

    static void sum(KernelProvider kernels, MemorySegment matrix, long rowCount, int rank, double[] gramian) {
        Arrays.fill(gramian, 0, rank * rank, 0.0);
        float[] chunk = new float[CHUNK_ROWS * rank];
        float[] block = new float[rank * rank];
        for (long start = 0; start < rowCount; start += BLOCK_ROWS) {
            int count = (int) Math.min(BLOCK_ROWS, rowCount - start);
            sumBlock(kernels, matrix, start, count, rank, chunk, block);
            addUpper(block, rank, gramian);
        }
        mirror(gramian, rank);
    }

    static void sumBlock(
            KernelProvider kernels,
            MemorySegment matrix,
            long firstRow,
            int rowCount,
            int rank,
            float[] chunk,
            float[] block) {
        Arrays.fill(block, 0f);
        for (int done = 0; done < rowCount; done += CHUNK_ROWS) {
            int count = Math.min(CHUNK_ROWS, rowCount - done);
            long offset = (firstRow + done) * rank * Float.BYTES;
            MemorySegment.copy(matrix, Kernels.FLOAT32, offset, chunk, 0, count * rank);
            kernels.gramianAdd(chunk, chunk, 0, count, rank, block);
        }
    }

    static void addUpper(float[] block, int rank, double[] gramian) {
        for (int i = 0; i < rank; i++) {
            for (int j = i * rank + i; j < (i + 1) * rank; j++) {
                gramian[j] += block[j];
            }
        }
    }

    static void mirror(double[] gramian, int rank) {
        for (int i = 1; i < rank; i++) {
            for (int j = 0; j < i; j++) {
                gramian[i * rank + j] = gramian[j * rank + i];
            }
        }
    }
}
