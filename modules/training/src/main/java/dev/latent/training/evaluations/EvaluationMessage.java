package dev.latent.training.evaluations;

import dev.latent.models.EvaluationFacts;
import java.util.Optional;

/**
 * What the process of an evaluation tells its parent, one JSON object a line; exactly one part is present.
 *
 * @param logLine for a person
 * @param facts what it came to
 * @param failure why it came to nothing
 */
record EvaluationMessage(Optional<String> logLine, Optional<EvaluationFacts> facts, Optional<Failure> failure) {

    /** Why an evaluation came to nothing. */
    record Failure(EvaluationFailedException.Reason reason, String message) {}

    static EvaluationMessage log(String line) {
        return new EvaluationMessage(Optional.of(line), Optional.empty(), Optional.empty());
    }

    static EvaluationMessage of(EvaluationFacts facts) {
        return new EvaluationMessage(Optional.empty(), Optional.of(facts), Optional.empty());
    }

    static EvaluationMessage failed(EvaluationFailedException.Reason reason, String message) {
        return new EvaluationMessage(Optional.empty(), Optional.empty(), Optional.of(new Failure(reason, message)));
    }
}
