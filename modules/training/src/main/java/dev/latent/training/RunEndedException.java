package dev.latent.training;

import java.io.Serial;

/** Thrown when a run that has ended is to be cancelled. */
public final class RunEndedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String run;
    private final Run.State state;

    RunEndedException(Run run) {
        super("Run '" + run.id() + "' cannot be cancelled: it is " + run.state());
        this.run = run.id();
        state = run.state();
    }

    /**
     * Returns which run.
     *
     * @return an id
     */
    public String run() {
        return run;
    }

    /**
     * Returns how it ended.
     *
     * @return a final state
     */
    public Run.State state() {
        return state;
    }
}
