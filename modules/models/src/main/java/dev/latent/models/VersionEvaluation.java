package dev.latent.models;

import java.time.Instant;

/**
 * An evaluation as it is kept beside its version.
 *
 * @param version for example {@code movies@7}
 * @param number from 1, ascending with time
 * @param created when it was stored
 * @param actor who asked for it
 * @param facts what it came to
 */
public record VersionEvaluation(String version, int number, Instant created, String actor, EvaluationFacts facts) {

    /** Checks the number. */
    public VersionEvaluation {
        if (number < 1) {
            throw new IllegalArgumentException("evaluation " + number + ", expected at least 1");
        }
    }
}
