package dev.latent.training.tuning;

/** Hears of a search's progress; called by the thread that searches. */
public interface TuningListener {

    /**
     * Tells of an event, once it is in the journal.
     *
     * @param event what happened
     */
    void event(TuningEvent event);

    /**
     * Tells of something worth a line for a person.
     *
     * @param line for a log
     */
    void log(String line);

    /**
     * Tells whether to give up.
     *
     * @return true once the search is cancelled
     */
    default boolean isCancelled() {
        return false;
    }
}
