package dev.latent.training.tuning;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;

/** Carries a failure to write the journal through the algorithm that is at work, so that it is not taken for the trial's. */
final class JournalException extends UncheckedIOException {

    @Serial
    private static final long serialVersionUID = 1L;

    JournalException(IOException cause) {
        super(cause);
    }
}
