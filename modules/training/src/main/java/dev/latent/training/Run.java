package dev.latent.training;

import dev.latent.evaluation.HoldoutReport;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One training as it is at a moment.
 *
 * @param id unique in its home, for example {@code run-17}
 * @param spec what was asked for, with all hyperparameters and the number of threads filled in
 * @param state where it is in its life
 * @param progress how far it is, or was when it ended
 * @param holdout what was measured; empty until then, and without a holdout
 * @param version number of the version it published; 0 until then
 * @param message why it did not succeed, and what to do; empty otherwise
 * @param created when it was asked for
 * @param started when it began to work
 * @param ended when it ended
 * @param peakBytes most memory that its process had at a time; empty until it has succeeded
 */
public record Run(
        String id,
        TrainingSpec spec,
        State state,
        RunProgress progress,
        Optional<HoldoutReport> holdout,
        int version,
        String message,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<Long> peakBytes) {

    /** Where a run is in its life. */
    public enum State {
        /** Waits for its turn. */
        QUEUED,
        /** Is at work. */
        RUNNING,
        /** Has published its version. */
        SUCCEEDED,
        /** Has ended without a version. */
        FAILED,
        /** Was cancelled. */
        CANCELLED;

        /**
         * Tells whether it is the last state.
         *
         * @return true for the last three
         */
        public boolean isFinal() {
            return this == SUCCEEDED || this == FAILED || this == CANCELLED;
        }
    }

    static Run queued(String id, TrainingSpec spec, Instant now) {
        return new Run(
                id,
                spec,
                State.QUEUED,
                RunProgress.of(RunProgress.Phase.QUEUE),
                Optional.empty(),
                0,
                "",
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Returns the model's name.
     *
     * @return of the spec
     */
    public String model() {
        return spec.model();
    }

    /**
     * Tells whether nothing will change any more.
     *
     * @return true when the state is final
     */
    public boolean hasEnded() {
        return state.isFinal();
    }

    /**
     * Returns the measures of the model on the holdout.
     *
     * @return by name; empty when not measured
     */
    public Map<String, Double> metrics() {
        return holdout.map(HoldoutReport::metrics).orElse(Map.of());
    }

    /**
     * Returns the measures of the baselines on the holdout.
     *
     * @return by the baseline's name; empty when not measured
     */
    public Map<String, Map<String, Double>> baselines() {
        return holdout.map(HoldoutReport::baselines).orElse(Map.of());
    }

    /**
     * Returns the name of the version that was published.
     *
     * @return for example {@code movies@7}
     */
    public Optional<String> versionName() {
        return version == 0 ? Optional.empty() : Optional.of(spec.model() + "@" + version);
    }

    Run started(Instant now) {
        return new Run(
                id,
                spec,
                State.RUNNING,
                progress,
                holdout,
                version,
                message,
                created,
                Optional.of(now),
                ended,
                peakBytes);
    }

    Run withProgress(RunProgress now) {
        return new Run(id, spec, state, now, holdout, version, message, created, started, ended, peakBytes);
    }

    Run succeeded(int published, WorkResult result, Instant now) {
        return new Run(
                id,
                spec,
                State.SUCCEEDED,
                progress,
                result.holdout(),
                published,
                "",
                created,
                started,
                Optional.of(now),
                Optional.of(result.peakBytes()));
    }

    Run ended(State last, String reason, Instant now) {
        return new Run(
                id, spec, last, progress, holdout, version, reason, created, started, Optional.of(now), peakBytes);
    }
}
