package dev.latent.math;

/** The body of a parallel loop over numbered blocks. Called from several threads at once, once for each block. */
@FunctionalInterface
public interface BlockTask {

    /**
     * Does one block. A block must write only its own outputs, so that the result does not depend on who ran it. Keep it
     * short (tens of milliseconds): cancellation is noticed between blocks.
     *
     * @param block the block's number, from 0
     * @param worker the number of the running thread, from 0 and below {@link WorkerPool#threads}: selects a workspace
     */
    void run(int block, int worker);
}
