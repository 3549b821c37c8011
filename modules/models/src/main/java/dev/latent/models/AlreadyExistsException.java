package dev.latent.models;

import java.io.Serial;

/** Thrown when a model of that name exists. */
public final class AlreadyExistsException extends ModelStoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String model;

    AlreadyExistsException(String model) {
        super("Model '" + model + "' exists already; choose another name, or update it");
        this.model = model;
    }

    /**
     * Returns the name that is taken.
     *
     * @return of a model
     */
    public String model() {
        return model;
    }
}
