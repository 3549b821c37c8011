package dev.latent.training;

import java.io.Serial;

/** Thrown when no further run may wait. */
public final class TooManyRunsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TooManyRunsException(int limit) {
        super("Already " + limit + " runs are waiting, which is the limit; try again when one has started");
    }
}
