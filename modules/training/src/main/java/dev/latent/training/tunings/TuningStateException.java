package dev.latent.training.tunings;

import java.io.Serial;

/** Thrown when a search is not in a state in which what was asked can be done. */
public final class TuningStateException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TuningStateException(Tuning tuning, String problem) {
        super("Search '" + tuning.id() + "' of model '" + tuning.spec().model() + "' is " + tuning.state() + " and "
                + problem);
    }
}
