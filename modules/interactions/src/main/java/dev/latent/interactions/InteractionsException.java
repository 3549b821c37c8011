package dev.latent.interactions;

/** Whatever the interaction store refuses or cannot do; the subclass says which family of status it is. */
public abstract sealed class InteractionsException extends RuntimeException
        permits InvalidValueException,
                DatasetNotFoundException,
                DatasetExistsException,
                CorruptInteractionsException,
                InteractionStoreException {

    private static final long serialVersionUID = 1;

    InteractionsException(String message) {
        super(message);
    }

    InteractionsException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
