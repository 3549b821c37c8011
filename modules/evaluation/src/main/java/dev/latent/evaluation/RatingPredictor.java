package dev.latent.evaluation;

/** Predicts the value of one interaction. Thread-safe. */
@FunctionalInterface
public interface RatingPredictor {

    /**
     * Predicts a value.
     *
     * @param user from 0
     * @param item from 0
     * @return in the unit of the interactions' values
     */
    double predict(int user, int item);
}
