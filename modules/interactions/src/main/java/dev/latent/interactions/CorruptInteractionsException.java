package dev.latent.interactions;

/** Stored interactions are not as they were written. */
public final class CorruptInteractionsException extends InteractionsException {

    private static final long serialVersionUID = 1;

    CorruptInteractionsException(String message) {
        super(message);
    }

    CorruptInteractionsException(String message, Throwable cause) {
        super(message, cause);
    }
}
