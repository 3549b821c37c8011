package dev.latent.training.evaluations;

import dev.latent.models.VersionEvaluation;

/** Hears of one evaluation, from any thread; must not block. Exactly one of the last two is called, once. */
public interface EvaluationFollower {

    /**
     * Hears what is done.
     *
     * @param line for a person
     */
    void log(String line);

    /**
     * Hears the result.
     *
     * @param evaluation as it is kept
     */
    void done(VersionEvaluation evaluation);

    /**
     * Hears that there is no result.
     *
     * @param cause an {@link EvaluationFailedException}, or what the stores throw
     */
    void failed(RuntimeException cause);
}
