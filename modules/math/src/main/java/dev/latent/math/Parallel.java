package dev.latent.math;

/** A parallel loop without a pool of one's own; use {@link WorkerPool} when there are many loops. */
public final class Parallel {

    private Parallel() {}

    /** Runs blocks 0 to {@code blocks - 1} on {@code threads} threads, as {@link WorkerPool#run} does. */
    public static void forBlocks(int threads, int blocks, BlockTask task) {
        try (WorkerPool pool = new WorkerPool(Math.max(1, Math.min(threads, blocks)))) {
            pool.run(blocks, task);
        }
    }
}
