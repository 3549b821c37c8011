package dev.latent.spi;

import java.util.function.Supplier;

/** Hears of a run's progress and says when to stop. Implemented by the host; safe for use by many threads. */
public interface TrainingListener {

    /** Whether to go on after a sweep. */
    enum Decision {
        /** Train the next sweep. */
        CONTINUE,
        /** Return the model as it is now: the host has seen enough. */
        STOP
    }

    /**
     * Tells how far the current sweep is. May be called often; the host thins it out.
     *
     * @param sweep the current pass over the data, from 1
     * @param sweeps how many are planned
     * @param fraction done of this sweep, 0 to 1
     */
    void progress(int sweep, int sweeps, double fraction);

    /**
     * Tells that a sweep has ended. Called by one thread, in the order of the sweeps.
     *
     * @param sweep its number, loss and metrics
     * @param current gives the model as it is now; called before this method returns or not at all, so it may be a view
     *     of memory that the next sweep overwrites
     * @return whether to go on; after {@link Decision#STOP} the algorithm returns that very model
     */
    Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current);

    /**
     * Tells whether the run has been cancelled.
     *
     * @return true once it has; cheap enough for every few thousand interactions
     */
    boolean isCancelled();

    /**
     * Ends the run when it has been cancelled.
     *
     * @throws TrainingCancelledException when {@link #isCancelled()}
     */
    default void checkCancelled() {
        if (isCancelled()) {
            throw new TrainingCancelledException();
        }
    }

    /**
     * Adds a line to the run's log.
     *
     * @param line for the person who watches the run
     */
    void log(String line);
}
