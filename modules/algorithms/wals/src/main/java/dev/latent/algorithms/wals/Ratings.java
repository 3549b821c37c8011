package dev.latent.algorithms.wals;

import dev.latent.math.WorkerPool;
import dev.latent.spi.SparseRows;

/** Sums over all values, by fixed blocks added in order. */
final class Ratings {

    private static final long BLOCK = 1L << 20;

    private Ratings() {}

    /** Returns the mean of the values; 0 when there are none. */
    static double mean(WorkerPool pool, SparseRows interactions) {
        long count = interactions.count();
        double[] sums = new double[Math.toIntExact(Math.ceilDiv(count, BLOCK))];
        pool.run(sums.length, (block, worker) -> {
            double sum = 0;
            long start = block * BLOCK;
            for (long position = start; position < Math.min(count, start + BLOCK); position++) {
                sum += interactions.value(position);
            }
            sums[block] = sum;
        });
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return count == 0 ? 0 : total / count;
    }
}
