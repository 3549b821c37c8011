package dev.latent.algorithms.wals;

import dev.latent.spi.SparseRows;
import java.util.Arrays;

/**
 * Consecutive rows cut into blocks of about equal work. The cuts depend on the data and the solver alone, so sums that are
 * kept by block and added in block order are the same at any number of threads.
 */
final class RowBlocks {

    /** Operations of a block: about a millisecond, so that threads stay busy and cancellation is noticed at once. */
    private static final double BLOCK_WORK = 1 << 25;

    private static final int MAXIMUM_ROWS = 1 << 14;

    private final int[] starts;

    private RowBlocks(int[] starts) {
        this.starts = starts;
    }

    /** Cuts the rows by what a row and each of its interactions cost. */
    static RowBlocks of(SparseRows interactions, SolverChoice.Work cost) {
        int[] starts = new int[16];
        int count = 0;
        double work = BLOCK_WORK;
        for (int row = 0; row < interactions.rows(); row++) {
            if (work >= BLOCK_WORK || row - starts[count - 1] == MAXIMUM_ROWS) {
                starts = count == starts.length ? Arrays.copyOf(starts, 2 * count) : starts;
                starts[count++] = row;
                work = 0;
            }
            int length = interactions.length(row);
            work += length == 0 ? 0 : length * cost.ofInteraction() + cost.ofRow();
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
