package dev.latent.algorithms.wals;

import dev.latent.spi.SparseRows;
import java.util.Arrays;

/**
 * Consecutive rows cut into blocks of about equal work. The cuts depend on the data and the rank alone, so sums that are
 * kept by block and added in block order are the same at any number of threads.
 */
final class RowBlocks {

    /** Multiply-adds of a block: about a millisecond, so that threads stay busy and cancellation is noticed at once. */
    private static final long BLOCK_WORK = 1L << 25;

    private static final int MAXIMUM_ROWS = 1 << 14;

    private final int[] starts;

    private RowBlocks(int[] starts) {
        this.starts = starts;
    }

    /** Cuts the rows; solving one costs n·rank²/2 for its n interactions and about rank³/2 for the factorisation. */
    static RowBlocks of(SparseRows interactions, int rank) {
        long limit = Math.max(1, BLOCK_WORK / ((long) rank * rank / 2 + 1));
        int[] starts = new int[16];
        int count = 0;
        long work = limit;
        for (int row = 0; row < interactions.rows(); row++) {
            if (work >= limit || row - starts[count - 1] == MAXIMUM_ROWS) {
                starts = count == starts.length ? Arrays.copyOf(starts, 2 * count) : starts;
                starts[count++] = row;
                work = 0;
            }
            int length = interactions.length(row);
            work += length == 0 ? 0 : (long) length + rank;
        }
        starts = Arrays.copyOf(starts, count + 1);
        starts[count] = interactions.rows();
        return new RowBlocks(starts);
    }

    int count() {
        return starts.length - 1;
    }

    int start(int block) {
        return starts[block];
    }

    int end(int block) {
        return starts[block + 1];
    }
}
