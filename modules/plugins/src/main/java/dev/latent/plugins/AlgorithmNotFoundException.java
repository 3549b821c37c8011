package dev.latent.plugins;

import java.io.Serial;
import java.util.Collection;

/** Thrown when no loaded plugin has an algorithm of the asked name. */
public final class AlgorithmNotFoundException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String algorithm;

    AlgorithmNotFoundException(String algorithm, Collection<String> loaded) {
        super("No algorithm '" + algorithm + "': loaded are "
                + (loaded.isEmpty() ? "none" : String.join(", ", loaded))
                + "; 'latent plugins list' shows each plugin and why it did not load");
        this.algorithm = algorithm;
    }

    /**
     * Returns what was asked for.
     *
     * @return a name
     */
    public String algorithm() {
        return algorithm;
    }
}
