package dev.latent.math;

/** A parallel loop without a pool of one's own; use {@link WorkerPool} when there are many loops. */
public final class Parallel {

    private Parallel() {}

    /**
     * Runs blocks 0 to {@code blocks - 1} on up to {@code threads} threads, the caller's included, as
     * {@link WorkerPool#run} does.
     *
     * @throws IllegalArgumentException when {@code threads} is below 1 or {@code blocks} below 0
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted; its flag stays set
     */
    public static void forBlocks(int threads, int blocks, BlockTask task) {
        Shapes.checkCount("blocks", blocks);
        try (WorkerPool pool = new WorkerPool(threads > 1 ? Math.clamp(blocks, 1, threads) : threads)) {
            pool.run(blocks, task);
        }
    }
}
