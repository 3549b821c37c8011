package dev.latent.spi;

import java.lang.foreign.Arena;
import java.util.Optional;

/** What one run trains on. Implemented by the host; all methods are cheap and safe for use by many threads. */
public interface TrainingContext {

    /**
     * Returns the interactions to learn from.
     *
     * @return without the holdout
     */
    Snapshot snapshot();

    /**
     * Returns the values of the algorithm's hyperparameters.
     *
     * @return complete and within their ranges
     */
    Hyperparameters hyperparameters();

    /**
     * Returns the seed from which every random number of the run follows.
     *
     * @return any number
     */
    long seed();

    /**
     * Returns how many threads the run may keep busy. The result must not depend on it.
     *
     * @return at least 1
     */
    int threads();

    /**
     * Returns an arena whose memory lives until the host has stored the model. Safe for use by many threads.
     *
     * @return for factors and other large arrays
     */
    Arena arena();

    /**
     * Returns interactions held out of the snapshot for watching the training, with the same users and items. The
     * final measurement uses others.
     *
     * @return empty when none are held out
     */
    default Optional<Snapshot> holdout() {
        return Optional.empty();
    }

    /**
     * Returns an earlier version to start from.
     *
     * @return empty for a cold start
     */
    default Optional<PreviousVersion> previous() {
        return Optional.empty();
    }

    /**
     * Returns how many bytes, on and off the heap, the run may use beside the snapshot.
     *
     * @return above 0; {@link Long#MAX_VALUE} when not bounded
     */
    default long memoryBudget() {
        return Long.MAX_VALUE;
    }
}
