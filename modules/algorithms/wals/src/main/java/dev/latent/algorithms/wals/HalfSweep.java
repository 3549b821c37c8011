package dev.latent.algorithms.wals;

import dev.latent.math.WorkerPool;
import dev.latent.spi.TrainingListener;
import java.util.Arrays;
import java.util.Optional;

/**
 * Solves all rows of one side by all threads, block by block, with a workspace for each worker; then one by one the rows
 * that are too long for one thread.
 */
final class HalfSweep {

    private final WorkerPool pool;
    private final TrainingListener listener;
    private final RowWorker[] workers;
    private final RowLimits limits;
    private final BlockSums sums = new BlockSums();
    private final Optional<LongRows> longRows;

    /**
     * Workspaces.
     *
     * @param longest interactions of the longest row of both sides
     */
    HalfSweep(WorkerPool pool, WalsOptions options, RowLimits limits, int longest, TrainingListener listener) {
        this.pool = pool;
        this.listener = listener;
        this.limits = limits;
        int capacity = Math.clamp(longest, 1, limits.longest());
        workers = new RowWorker[pool.threads()];
        Arrays.setAll(workers, worker -> new RowWorker(options, capacity, listener::checkCancelled));
        longRows = limits.isLong(longest)
                ? Optional.of(new LongRows(pool, limits, options, listener::checkCancelled))
                : Optional.empty();
    }

    /** Overwrites every row of {@code side} and returns the sums, added in the order of the blocks. */
    LossSums run(Side side, FixedSide fixed, Progress progress) {
        RowBlocks blocks = side.blocks();
        sums.begin(blocks.count());
        pool.run(blocks.count(), (block, worker) -> {
            listener.checkCancelled();
            RowWorker solver = workers[worker];
            for (int row = blocks.start(block); row < blocks.end(block); row++) {
                if (!limits.isLong(side.interactions().length(row))) {
                    solver.solve(side, fixed, row);
                }
            }
            solver.moveSums(sums, block);
            progress.blockDone();
        });
        LossSums total = sums.total();
        return longRows.isEmpty() ? total : total.plus(runLong(longRows.get(), side, fixed));
    }

    private LossSums runLong(LongRows solver, Side side, FixedSide fixed) {
        LossSums total = LossSums.ZERO;
        for (int row = 0; row < side.size(); row++) {
            if (limits.isLong(side.interactions().length(row))) {
                total = total.plus(solver.solve(side, fixed, row));
            }
        }
        return total;
    }
}
