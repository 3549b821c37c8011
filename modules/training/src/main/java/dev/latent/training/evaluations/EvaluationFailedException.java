package dev.latent.training.evaluations;

import java.io.Serial;

/** Thrown when an evaluation comes to nothing; the message is what the user reads. */
public final class EvaluationFailedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Who can help. */
    public enum Reason {
        /** Other files or values would help. */
        REQUEST,
        /** The version or its dataset cannot be measured so. */
        STATE,
        /** Too many evaluations are waiting. */
        BUSY,
        /** It was cancelled, or the host stops. */
        CANCELLED,
        /** The work itself failed. */
        FAILED
    }

    EvaluationFailedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * Returns who can help.
     *
     * @return never null
     */
    public Reason reason() {
        return reason;
    }
}
