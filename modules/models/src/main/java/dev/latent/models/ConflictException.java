package dev.latent.models;

import java.io.Serial;

/** Thrown when somebody else changed what was to be changed: the state compared is not the state found. */
public final class ConflictException extends ModelStoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String resource;
    private final long expected;
    private final long actual;

    ConflictException(String resource, String counter, long expected, long actual) {
        super(resource + " is at " + counter + " " + actual + ", expected " + expected
                + ": it was changed meanwhile; read it again and decide anew");
        this.resource = resource;
        this.expected = expected;
        this.actual = actual;
    }

    /**
     * Returns what was changed meanwhile.
     *
     * @return for example {@code Alias 'live' of model 'movies'}
     */
    public String resource() {
        return resource;
    }

    /**
     * Returns what the caller expected.
     *
     * @return a generation or revision
     */
    public long expected() {
        return expected;
    }

    /**
     * Returns what was found.
     *
     * @return a generation or revision
     */
    public long actual() {
        return actual;
    }
}
