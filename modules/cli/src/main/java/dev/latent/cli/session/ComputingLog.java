package dev.latent.cli.session;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What the libraries log in commands that compute in this process: goes to standard error, beside the command's own lines. */
public final class ComputingLog {

    /** Held here, because the platform forgets a logger, and its level, that nobody holds. */
    private static final Logger LIBRARIES = Logger.getLogger("dev.latent");

    private ComputingLog() {}

    /** Lets only warnings through, such as that the kernels are slow ones. */
    public static void warningsOnly() {
        LIBRARIES.setLevel(Level.WARNING);
    }
}
