package dev.latent.server;

import dev.latent.interactions.CorruptInteractionsException;
import dev.latent.models.CorruptException;
import dev.latent.storage.HomeLockedException;
import dev.latent.storage.StoredFileException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/** The codes with which the process ends, and the message that goes with them. */
final class ExitCode {

    static final int ERROR = 1;
    static final int USAGE = 2;
    static final int CONFLICT = 6;
    static final int UNAVAILABLE = 7;
    static final int CORRUPTION = 8;

    private ExitCode() {}

    /** The code for what kept a server from starting. */
    static int of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case HomeLockedException _ -> {
                    return CONFLICT;
                }
                case BindException _ -> {
                    return UNAVAILABLE;
                }
                case UnknownHostException _ -> {
                    return UNAVAILABLE;
                }
                case UnresolvedAddressException _ -> {
                    return UNAVAILABLE;
                }
                case CorruptInteractionsException _ -> {
                    return CORRUPTION;
                }
                case CorruptException _ -> {
                    return CORRUPTION;
                }
                case StoredFileException _ -> {
                    return CORRUPTION;
                }
                default -> {}
            }
        }
        return ERROR;
    }

    /** What to tell a person. */
    static String message(Throwable failure) {
        if (of(failure) == UNAVAILABLE) {
            return "A port cannot be listened on: " + deepest(failure).getMessage()
                    + "; stop what listens there, or choose others with --grpc-port and --http-port (0 for a free one)";
        }
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
