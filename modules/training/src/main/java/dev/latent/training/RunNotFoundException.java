package dev.latent.training;

import java.io.Serial;

/** Thrown when there is no run of the asked id. */
public final class RunNotFoundException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String run;

    RunNotFoundException(String run) {
        super("No run '" + run + "'; 'latent runs list' shows those that are kept");
        this.run = run;
    }

    /**
     * Returns what was asked for.
     *
     * @return an id
     */
    public String run() {
        return run;
    }
}
