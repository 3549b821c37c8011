package dev.latent.training;

import java.io.Serial;

/** Thrown when a request id comes again with something else to do. */
public final class RequestIdReusedException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String requestId;

    RequestIdReusedException(String requestId, String run) {
        super("Request id '" + requestId + "' started run '" + run
                + "', which was asked to do something else; use a new id for a new run");
        this.requestId = requestId;
    }

    /**
     * Returns the id that was used twice.
     *
     * @return a request id
     */
    public String requestId() {
        return requestId;
    }
}
