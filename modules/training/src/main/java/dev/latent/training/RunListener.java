package dev.latent.training;

/**
 * Hears of all runs, for metrics and logs. Called by the run's thread, so implementations are quick, thread-safe and throw
 * nothing.
 */
public interface RunListener {

    /**
     * A run was accepted.
     *
     * @param run {@link Run.State#QUEUED}
     */
    default void queued(Run run) {}

    /**
     * A run began to work.
     *
     * @param run {@link Run.State#RUNNING}
     */
    default void started(Run run) {}

    /**
     * A run ended.
     *
     * @param run in a final state; {@link Run#started()} is empty when it was cancelled in the queue
     */
    default void ended(Run run) {}
}
