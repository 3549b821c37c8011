package dev.latent.training;

import java.io.Serial;

/** Thrown when a run cannot succeed; the message is what the user reads. */
public final class RunFailureException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    RunFailureException(String message) {
        super(message);
    }

    RunFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
