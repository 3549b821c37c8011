package dev.latent.training.offline;

import dev.latent.interactions.InvalidValueException;
import dev.latent.plugins.AlgorithmNotFoundException;
import dev.latent.plugins.PluginException;
import dev.latent.spi.TrainingFailedException;
import dev.latent.training.RunFailureException;
import java.io.IOException;
import java.io.Serial;

/** Ends work on files with a message for the person who asked for it. */
public final class OfflineException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean ofRequest;

    private OfflineException(boolean ofRequest, RuntimeException cause) {
        super(cause.getMessage(), cause);
        this.ofRequest = ofRequest;
    }

    /**
     * Returns whether other arguments or files would help; otherwise the training itself failed.
     *
     * @return whether the request is at fault
     */
    public boolean isOfRequest() {
        return ofRequest;
    }

    /**
     * Work that may end with such an exception.
     *
     * @param <T> its result
     */
    @FunctionalInterface
    public interface Work<T> {

        /**
         * Does the work.
         *
         * @return the result
         * @throws IOException when a file cannot be read or written
         */
        T run() throws IOException;
    }

    /**
     * Does work, and turns what bad arguments, files, plugins and failed trainings throw into this exception.
     *
     * @param work what to do
     * @param <T> its result
     * @return the result
     * @throws IOException as the work does
     */
    public static <T> T guard(Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (IllegalArgumentException | InvalidValueException | AlgorithmNotFoundException e) {
            throw new OfflineException(true, e);
        } catch (TrainingFailedException | PluginException | RunFailureException e) {
            throw new OfflineException(false, e);
        }
    }
}
