package dev.latent.training.tunings;

import java.io.Serial;

/** Thrown when there is no search of an id. */
public final class TuningNotFoundException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String id;

    TuningNotFoundException(String id) {
        super("There is no search '" + id + "'");
        this.id = id;
    }

    /**
     * Returns what was asked for.
     *
     * @return the id
     */
    public String id() {
        return id;
    }
}
