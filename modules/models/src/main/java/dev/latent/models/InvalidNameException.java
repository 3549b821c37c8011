package dev.latent.models;

import java.io.Serial;

/** Thrown when a name or a text does not follow its rule. */
public final class InvalidNameException extends ModelStoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String rule;

    InvalidNameException(String field, String value, String rule) {
        super("The " + field + " '" + value + "' is not allowed, expected " + rule);
        this.field = field;
        this.value = value;
        this.rule = rule;
    }

    /**
     * Returns which input it was.
     *
     * @return for example {@code model name}
     */
    public String field() {
        return field;
    }

    /**
     * Returns what was given.
     *
     * @return shortened and without control characters
     */
    public String value() {
        return value;
    }

    /**
     * Returns what is allowed.
     *
     * @return text for a person
     */
    public String rule() {
        return rule;
    }
}
