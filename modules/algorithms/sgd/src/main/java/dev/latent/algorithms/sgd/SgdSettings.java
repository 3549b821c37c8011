package dev.latent.algorithms.sgd;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Scale;
import java.util.List;

/**
 * The hyperparameters: their declarations, and their values by name.
 *
 * @param values complete and within their ranges
 */
record SgdSettings(Hyperparameters values) {

    static final String LEARNING_RATE = "learning_rate";

    /** Of the learning rate after the first epoch, what is left in the last: it falls on a straight line. */
    private static final double LAST_RATE = 0.05;

    /**
     * Where AdaGrad's sums start: at about what the first gradients come to, which for rankings are smaller, so that one
     * default of the learning rate suits all losses.
     */
    private static final float RATING_SQUARES = 2;

    private static final float RANKING_SQUARES = 0.01f;

    static final List<Hyperparameter> DECLARATIONS = List.of(
            new Hyperparameter.OfChoice(
                    "loss",
                    "What is descended: squared error predicts ratings; logistic and bpr rank items from any kind of"
                            + " interaction.",
                    Loss.SQUARED.word(),
                    Loss.words()),
            new Hyperparameter.OfInteger("factors", "Length of the vectors.", 64, 1, 4096, Scale.LOG),
            new Hyperparameter.OfInteger("epochs", "Passes over the interactions.", 20, 1, 10_000, Scale.LOG),
            new Hyperparameter.OfReal(
                    LEARNING_RATE,
                    "Length of the first steps; AdaGrad shortens them row by row. Lower it when training diverges.",
                    0.1,
                    1e-4,
                    100,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    "regularization",
                    "Pull of the factors towards zero at each interaction. Raise it when the holdout gets worse while"
                            + " the loss still falls.",
                    0.12,
                    0,
                    10,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    "bias_regularization",
                    "The same for the biases of users and items.",
                    0.01,
                    0,
                    10,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    "regularization_exponent",
                    "How the pull on a user or an item grows with its number of interactions n: as n to this power. 1 pulls"
                            + " at each interaction alike, 0 pulls all rows alike.",
                    0.6,
                    0,
                    1,
                    Scale.LINEAR),
            new Hyperparameter.OfReal(
                    "initial_deviation",
                    "Standard deviation of a vector's first length.",
                    0.1,
                    1e-4,
                    10,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    "minimum_value",
                    "For logistic and bpr: an interaction below this value is seen but not liked. Ratings of 1 to 5"
                            + " stars may take 4.",
                    0,
                    -1e9,
                    1e9,
                    Scale.LINEAR),
            new Hyperparameter.OfInteger(
                    "negatives",
                    "For logistic and bpr: items the user has not liked that are drawn for each liked one, anew every"
                            + " epoch.",
                    4,
                    1,
                    1000,
                    Scale.LOG));

    Loss loss() {
        return Loss.of(values.choice("loss"));
    }

    int factors() {
        return values.int32("factors");
    }

    int epochs() {
        return values.int32("epochs");
    }

    double learningRate() {
        return values.real(LEARNING_RATE);
    }

    double regularization() {
        return values.real("regularization");
    }

    double biasRegularization() {
        return values.real("bias_regularization");
    }

    double regularizationExponent() {
        return values.real("regularization_exponent");
    }

    /** The learning rate of an epoch, from 1. */
    float learningRate(int epoch) {
        return (float) (learningRate() * (1 - (1 - LAST_RATE) * (epoch - 1) / Math.max(1, epochs() - 1)));
    }

    /** What the sums of squared gradients start at. */
    float initialSquares() {
        return loss() == Loss.SQUARED ? RATING_SQUARES : RANKING_SQUARES;
    }

    /** How many steps a user's row makes for one interaction; regularization is dealt out among them. */
    int samplesPerInteraction() {
        return switch (loss()) {
            case SQUARED -> 1;
            case LOGISTIC -> 1 + negatives();
            case BPR -> negatives();
        };
    }

    double initialDeviation() {
        return values.real("initial_deviation");
    }

    /** The value from which an interaction is learnt from; all ratings are. */
    double minimumValue() {
        return loss() == Loss.SQUARED ? Double.NEGATIVE_INFINITY : values.real("minimum_value");
    }

    int negatives() {
        return values.int32("negatives");
    }
}
