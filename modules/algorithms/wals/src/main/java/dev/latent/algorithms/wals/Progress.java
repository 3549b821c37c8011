package dev.latent.algorithms.wals;

import dev.latent.spi.TrainingListener;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the blocks of a sweep, both sides together, and tells the listener. Thread-safe. */
final class Progress {

    private final TrainingListener listener;
    private final int sweep;
    private final int sweeps;
    private final int blocks;
    private final AtomicInteger done = new AtomicInteger();

    Progress(TrainingListener listener, int sweep, int sweeps, int blocks) {
        this.listener = listener;
        this.sweep = sweep;
        this.sweeps = sweeps;
        this.blocks = blocks;
    }

    void blockDone() {
        listener.progress(sweep, sweeps, Math.min(1.0, (double) done.incrementAndGet() / blocks));
    }
}
