package dev.latent.training.tunings;

import java.time.Instant;
import java.util.Optional;

/**
 * One search as it is at a moment; its trials are events.
 *
 * @param id unique in its home, for example {@code tuning-3}
 * @param spec what was asked for
 * @param state where it is in its life
 * @param run that trains the best setting; empty until then
 * @param message why it did not succeed, and what to do; empty otherwise
 * @param created when it was asked for
 * @param ended when it ended
 */
public record Tuning(
        String id, TuningSpec spec, State state, String run, String message, Instant created, Optional<Instant> ended) {

    /** Where a search is in its life. */
    public enum State {
        /** Waits for its turn. */
        QUEUED,
        /** Tries settings. */
        SEARCHING,
        /** Has found the best setting, which a run trains. */
        TRAINING,
        /** The run has published a version. */
        SUCCEEDED,
        /** Has ended without a version. */
        FAILED,
        /** Was cancelled. */
        CANCELLED,
        /** The server stopped during it; it can be resumed. */
        INTERRUPTED;

        /**
         * Tells whether nothing goes on.
         *
         * @return true for the last four
         */
        public boolean isFinal() {
            return this == SUCCEEDED || this == FAILED || this == CANCELLED || this == INTERRUPTED;
        }
    }

    Tuning in(State next) {
        return new Tuning(id, spec, next, run, "", created, Optional.empty());
    }

    Tuning training(String runId) {
        return new Tuning(id, spec, State.TRAINING, runId, "", created, Optional.empty());
    }

    Tuning ended(State last, String reason, Instant now) {
        return new Tuning(id, spec, last, run, reason, created, Optional.of(now));
    }
}
