package dev.latent.server;

import dev.latent.interactions.CorruptInteractionsException;
import dev.latent.models.CorruptException;
import dev.latent.server.ports.ListenException;
import dev.latent.storage.HomeLockedException;
import dev.latent.storage.StoredFileException;

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
                case ListenException _ -> {
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
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }
}
