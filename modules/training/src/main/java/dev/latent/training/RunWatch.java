package dev.latent.training;

import java.util.concurrent.CompletableFuture;

/** Somebody following a run, until closed. Thread-safe. */
public interface RunWatch extends AutoCloseable {

    /**
     * Returns the end of the run.
     *
     * @return completes after the last event was delivered; never exceptionally
     */
    CompletableFuture<Run> end();

    /** Stops following; no event is delivered after it returns, except to a consumer that calls it itself. */
    @Override
    void close();
}
