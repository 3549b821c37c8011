package dev.latent.training;

/** Whom the work of a run talks to; the parent itself, or its other end of the pipe. Thread-safe. */
interface WorkMonitor {

    /** Tells how far the work is. */
    void progress(RunProgress progress);

    /** Adds a line to the run's log. */
    void log(String line);

    /** Asks for a place for the new version; the number of the version is taken now. */
    Destination openDestination();

    /** Tells whether the run has been cancelled. */
    boolean isCancelled();
}
