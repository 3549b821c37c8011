package dev.latent.training;

import java.io.Serial;

/** Thrown when a run is to start from a version that it cannot start from; nothing was started. */
public final class WarmStartException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String version;

    WarmStartException(String version, String problem) {
        super("A run cannot start from version '" + version + "': " + problem);
        this.version = version;
    }

    /**
     * Returns which version.
     *
     * @return for example {@code movies@7}
     */
    public String version() {
        return version;
    }
}
