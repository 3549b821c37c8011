package dev.latent.interactions;

/** The disk or the database below could not do what was asked; what was acknowledged before is not touched. */
public final class InteractionStoreException extends InteractionsException {

    private static final long serialVersionUID = 1;

    InteractionStoreException(String message) {
        super(message);
    }

    InteractionStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
