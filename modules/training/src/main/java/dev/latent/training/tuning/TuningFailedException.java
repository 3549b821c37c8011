package dev.latent.training.tuning;

import java.io.Serial;

/** Thrown when no trial of a search gave a model. */
public final class TuningFailedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TuningFailedException(String message) {
        super(message);
    }
}
