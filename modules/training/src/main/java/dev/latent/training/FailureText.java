package dev.latent.training;

import dev.latent.plugins.PluginException;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.TrainingFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says why a run failed, for the person who reads its state. */
public final class FailureText {

    private static final Logger LOG = LoggerFactory.getLogger(FailureText.class);

    private FailureText() {}

    /**
     * The message of what was thrown; what nobody foresaw is logged with its stack.
     *
     * @param runId what has failed
     * @param thrown why
     * @return for the person who reads its state
     */
    public static String of(String runId, Throwable thrown) {
        String message = thrown.getMessage();
        if (message != null && isForUsers(thrown)) {
            return message;
        }
        LOG.error("Run {} failed by a fault of the host", runId, thrown);
        return "Internal error: " + thrown + "; the log of the run's host has the stack";
    }

    private static boolean isForUsers(Throwable thrown) {
        return thrown instanceof RunFailureException
                || thrown instanceof TrainingFailedException
                || thrown instanceof PluginException
                || thrown instanceof InvalidHyperparametersException
                || thrown instanceof IllegalArgumentException
                || thrown instanceof java.io.IOException
                || thrown.getClass().getPackageName().startsWith("dev.latent.");
    }
}
