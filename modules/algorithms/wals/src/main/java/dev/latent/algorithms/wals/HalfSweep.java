package dev.latent.algorithms.wals;

import dev.latent.math.WorkerPool;
import dev.latent.spi.TrainingListener;
import java.util.Arrays;

/** Solves all rows of one side by all threads, block by block, with a workspace for each worker. */
final class HalfSweep {

    private final WorkerPool pool;
    private final TrainingListener listener;
    private final RowSolver[] solvers;

    HalfSweep(WorkerPool pool, WalsOptions options, TrainingListener listener) {
        this.pool = pool;
        this.listener = listener;
        solvers = new RowSolver[pool.threads()];
        Arrays.setAll(
                solvers, worker -> new RowSolver(options.objective(), options.factors(), listener::checkCancelled));
    }

    /** Overwrites every row of {@code side} and returns the sums, added in the order of the blocks. */
    LossSums run(Side side, FixedSide fixed, Progress progress) {
        RowBlocks blocks = side.blocks();
        LossSums[] sums = new LossSums[blocks.count()];
        pool.run(blocks.count(), (block, worker) -> {
            listener.checkCancelled();
            RowSolver solver = solvers[worker];
            for (int row = blocks.start(block); row < blocks.end(block); row++) {
                solver.solve(side, fixed, row);
            }
            sums[block] = solver.takeSums();
            progress.blockDone();
        });
        LossSums total = LossSums.ZERO;
        for (LossSums sum : sums) {
            total = total.plus(sum);
        }
        return total;
    }
}
