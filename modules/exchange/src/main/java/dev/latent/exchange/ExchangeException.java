package dev.latent.exchange;

import java.io.IOException;
import java.io.Serial;

/** Thrown when embeddings are refused; its message names the file, the place in it, what is wrong and the next step. */
public final class ExchangeException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes a refusal.
     *
     * @param subject the file or array and the place in it, for example {@code U.npy byte 8}
     * @param problem a phrase whose subject is that, with what was found, what was expected and the next step
     */
    ExchangeException(String subject, String problem) {
        super(subject + " " + problem);
    }

    /**
     * Makes a refusal that has a cause.
     *
     * @param subject the file or array and the place in it
     * @param problem a phrase whose subject is that
     * @param cause what was thrown
     */
    ExchangeException(String subject, String problem, Throwable cause) {
        super(subject + " " + problem, cause);
    }
}
