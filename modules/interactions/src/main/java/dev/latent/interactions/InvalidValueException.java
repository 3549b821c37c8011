package dev.latent.interactions;

/** A value given by the caller is not acceptable. */
public final class InvalidValueException extends InteractionsException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String reason;

    InvalidValueException(String field, String reason) {
        super(field + " " + reason);
        this.field = field;
        this.reason = reason;
    }

    /**
     * Returns which value it is.
     *
     * @return in the API's spelling: {@code user_id}
     */
    public String field() {
        return field;
    }

    /**
     * Returns what is wrong with it.
     *
     * @return a phrase whose subject is the field
     */
    public String reason() {
        return reason;
    }
}
