package dev.latent.models;

import java.io.Serial;

/** Thrown when there is no such model, version or alias. */
public final class NotFoundException extends ModelStoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final String name;

    NotFoundException(String kind, String name, String nextStep) {
        super("There is no " + kind + " '" + name + "'; " + nextStep);
        this.kind = kind;
        this.name = name;
    }

    /**
     * Returns what was looked for.
     *
     * @return {@code model}, {@code version} or {@code alias}
     */
    public String kind() {
        return kind;
    }

    /**
     * Returns the name that was not found.
     *
     * @return for example {@code movies}, {@code movies@7} or {@code movies/live}
     */
    public String name() {
        return name;
    }
}
