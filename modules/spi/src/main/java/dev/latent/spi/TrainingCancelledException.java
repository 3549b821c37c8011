package dev.latent.spi;

import java.io.Serial;

/** Thrown to end a run that was cancelled; an algorithm lets it pass. */
public final class TrainingCancelledException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public TrainingCancelledException() {
        super("Training was cancelled");
    }
}
