package dev.latent.training;

import java.io.Serial;

/** Thrown when a run is asked for that cannot fit into the memory there is; nothing was started. */
public final class NotEnoughMemoryException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient RunEstimate estimate;

    NotEnoughMemoryException(RunEstimate estimate) {
        super(estimate.problem());
        this.estimate = estimate;
    }

    /**
     * Returns the figures.
     *
     * @return what it needs and what there is
     */
    public RunEstimate estimate() {
        return estimate;
    }
}
