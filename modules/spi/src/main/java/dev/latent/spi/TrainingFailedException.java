package dev.latent.spi;

import java.io.Serial;

/** Thrown by an algorithm when no usable model came out; says what to change. */
public class TrainingFailedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened and the next step
     */
    public TrainingFailedException(String message) {
        super(message);
    }

    /**
     * Creates the exception of a run whose numbers left the range of float32.
     *
     * @param sweep in which it happened, from 1
     * @param hyperparameter to change
     * @param value it had
     * @param change for example {@code lower} or {@code raise}
     * @return to be thrown
     */
    public static TrainingFailedException diverged(int sweep, String hyperparameter, Object value, String change) {
        return new TrainingFailedException("Training diverged in sweep " + sweep + ": a factor is not finite; " + change
                + " '" + hyperparameter + "' (it was " + value + ")");
    }
}
