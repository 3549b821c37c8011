package dev.latent.server.ports;

import java.io.IOException;

/** Thrown when a port cannot be listened on. */
public final class ListenException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the address.
     *
     * @param protocol what would have been spoken there
     * @param host as configured
     * @param port as configured
     * @param cause why not
     */
    public ListenException(String protocol, String host, int port, Throwable cause) {
        super(
                "The " + protocol + " port cannot be listened on at " + host + ":" + port + ": "
                        + deepest(cause).getMessage()
                        + "; stop what listens there, or choose another port (0 for a free"
                        + " one)",
                cause);
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause;
        }
        return deepest;
    }
}
