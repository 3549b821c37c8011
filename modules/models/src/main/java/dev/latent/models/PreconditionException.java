package dev.latent.models;

import java.io.Serial;

/** Thrown when the store is not in the state that the operation needs; trying again without a change does not help. */
public final class PreconditionException extends ModelStoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String resource;
    private final String problem;

    PreconditionException(String resource, String problem) {
        super(resource + ": " + problem);
        this.resource = resource;
        this.problem = problem;
    }

    /**
     * Returns what stands in the way.
     *
     * @return for example {@code Version 'movies@7'}
     */
    public String resource() {
        return resource;
    }

    /**
     * Returns why it does.
     *
     * @return with the next step
     */
    public String problem() {
        return problem;
    }
}
