package dev.latent.algorithms.wals;

import dev.latent.math.LaterCounts;
import dev.latent.math.WorkerPool;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * What each interaction of a user weighs by its place in the history: {@code 2^(−later/halfLife)}, {@code later} being the
 * number of the user's liked interactions that are later. An age by rank instead of days: tastes move on by what is seen,
 * and pauses do not age a history. Where times are unknown nothing is later.
 */
final class RecencyWeights {

    private static final int BLOCK_ROWS = 1 << 10;

    private RecencyWeights() {}

    /**
     * Computes the weights.
     *
     * @param byUser one row a user, with times
     * @param halfLife above 0
     * @return one float32 an interaction; 0 for those that are not liked
     */
    static MemorySegment of(Arena arena, SparseRows byUser, double minimumValue, double halfLife, WorkerPool pool) {
        MemorySegment weights = arena.allocate(byUser.count() * Float.BYTES, Float.BYTES);
        pool.run(Math.ceilDiv(byUser.rows(), BLOCK_ROWS), (block, _) -> {
            int end = Math.min(byUser.rows(), (block + 1) * BLOCK_ROWS);
            for (int row = block * BLOCK_ROWS; row < end; row++) {
                fill(byUser, row, minimumValue, halfLife, weights);
            }
        });
        return weights;
    }

    private static void fill(SparseRows byUser, int row, double minimumValue, double halfLife, MemorySegment weights) {
        long[] times = new long[byUser.length(row)];
        int liked = 0;
        for (long position = byUser.start(row); position < byUser.end(row); position++) {
            if (byUser.value(position) >= minimumValue) {
                times[liked++] = byUser.time(position);
            }
        }
        double[] recency = LaterCounts.weights(Arrays.copyOf(times, liked), halfLife);
        int next = 0;
        for (long position = byUser.start(row); position < byUser.end(row); position++) {
            if (byUser.value(position) >= minimumValue) {
                weights.set(SparseRows.FLOAT32, position * Float.BYTES, (float) recency[next++]);
            }
        }
    }
}
