package dev.latent.algorithms.sgd;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.Scale;
import java.util.List;

/**
 * The hyperparameters: their declarations, and their values by name.
 *
 * @param values complete and within their ranges
 * @param automaticRegularization what a {@code regularization} of 0 stands for
 */
record SgdSettings(Hyperparameters values, double automaticRegularization) {

    static final String LEARNING_RATE = "learning_rate";
    static final String CANDIDATES = "candidates";
    static final String FEATURE_PAIRS = "feature_pairs";
    static final String RECENCY_HALF_LIFE = "recency_half_life";

    /** Of the learning rate after the first epoch, what is left in the last: it falls on a straight line. */
    private static final double LAST_RATE = 0.05;

    /** Where AdaGrad's sums start: about what the first gradients come to. */
    private static final float RATING_SQUARES = 2;

    private static final float RANKING_SQUARES = 0.2f;

    /**
     * Rankings learn at this many times the given rate and at this share of the given regularization, their gradients being
     * those of a logistic and not of a unit of deviation: so that one default suits all losses (chosen on MovieLens).
     */
    private static final double RANKING_RATE = 4;

    private static final double RANKING_REGULARIZATION = 0.5;

    /** Strongest regularization that is chosen automatically. */
    private static final double STRONGEST = 0.12;

    /** Automatic regularization times the mean number of ratings a row. */
    private static final double PRIOR = 8;

    /** Few hard negatives teach more than many easy ones, at the same cost. */
    private static final int BPR_NEGATIVES = 3;

    private static final int BPR_CANDIDATES = 20;
    private static final int ITEMS_PER_CANDIDATE = 50;
    private static final int LOGISTIC_NEGATIVES = 10;
    private static final int WARP_NEGATIVES = 100;
    private static final String AUTOMATIC_NEGATIVES = BPR_NEGATIVES + " for bpr (" + LOGISTIC_NEGATIVES
            + " with candidates of 1), " + LOGISTIC_NEGATIVES + " for logistic, " + WARP_NEGATIVES + " for warp";

    static final List<Hyperparameter> DECLARATIONS = List.of(
            new Hyperparameter.OfChoice(
                    "loss",
                    "What is descended: squared error predicts ratings; logistic, bpr and warp rank items from any kind of"
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
                    "Pull of the factors towards zero at each interaction. 0 chooses it from the number of interactions a"
                            + " user and an item have on average. Raise it when the holdout gets worse while the loss"
                            + " still falls.",
                    0,
                    0,
                    10,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    "bias_regularization", "The same for the biases of users and items.", 0.01, 0, 10, Scale.LOG),
            new Hyperparameter.OfReal(
                    "regularization_exponent",
                    "How the pull on a user or an item grows with its number of interactions n: as n to this power. 1 pulls"
                            + " at each interaction alike, 0 pulls all rows alike.",
                    0.6,
                    0,
                    1,
                    Scale.LINEAR),
            new Hyperparameter.OfReal(
                    "initial_deviation", "Standard deviation of a vector's first length.", 0.1, 1e-4, 10, Scale.LOG),
            new Hyperparameter.OfReal(
                    "minimum_value",
                    "For logistic, bpr and warp: an interaction below this value is seen but not liked. Ratings of 1 to 5"
                            + " stars may take 4.",
                    0,
                    -1e9,
                    1e9,
                    Scale.LINEAR),
            new Hyperparameter.OfInteger(
                    "negatives",
                    "For logistic and bpr: how many items the user has not liked stand against each liked one, drawn anew"
                            + " every epoch. For warp: at most so many are drawn until one violates the order. 0 takes what"
                            + " suits the loss: " + AUTOMATIC_NEGATIVES + ".",
                    0,
                    0,
                    1000,
                    Scale.LINEAR),
            new Hyperparameter.OfChoice(
                    "negative_sampling",
                    "How items the user has not liked are drawn: uniform, or by popularity, as often as their number of"
                            + " interactions to the power popularity_exponent.",
                    "uniform",
                    List.of("uniform", "popularity")),
            new Hyperparameter.OfReal("popularity_exponent", "See negative_sampling.", 0.5, 0, 2, Scale.LINEAR),
            new Hyperparameter.OfInteger(
                    CANDIDATES,
                    "For logistic and bpr: each negative is the highest scored of so many drawn ones. Above 1 the head of"
                            + " the lists is learnt, and steps cost more. 0 takes " + BPR_CANDIDATES
                            + " for bpr without features, but at most one for " + ITEMS_PER_CANDIDATE
                            + " items; otherwise 1.",
                    0,
                    0,
                    1000,
                    Scale.LINEAR),
            new Hyperparameter.OfReal(
                    RECENCY_HALF_LIFE,
                    "For logistic, bpr and warp: lets a user's vector follow the latest interactions, one weighing half when so"
                            + " many of the user's interactions are later. Items are learnt from all alike. 0 weighs all"
                            + " alike; try 2 where the next interaction is to be foreseen and times are known.",
                    0,
                    0,
                    1_000_000,
                    Scale.LOG),
            new Hyperparameter.OfChoice(
                    "features",
                    "Whether features of items are learnt (categories, attributes): own adds the sum of its features'"
                            + " vectors to an item's own vector, only leaves out the own vector, none uses no features."
                            + " With own or only an item that is new is recommended by its features.",
                    Features.NONE.word(),
                    Features.words()),
            new Hyperparameter.OfReal(
                    FEATURE_PAIRS,
                    "How much two features of one item weigh together, beside each alone: pairs that at least two items with"
                            + " interactions have are features of their own, of this weight. 0 learns no pairs. For a few"
                            + " categories whose combination tells more than each, such as genres: 0.5 to 1.",
                    0,
                    0,
                    10,
                    Scale.LINEAR),
            new Hyperparameter.OfChoice(
                    "user_features",
                    "The same of users: with own or only a user without interactions is recommended to by the features"
                            + " that are known of that user.",
                    Features.NONE.word(),
                    Features.words()));

    /** Settings whose {@code regularization} of 0 is the strongest. */
    SgdSettings(Hyperparameters values) {
        this(values, STRONGEST);
    }

    /**
     * The same for a run: a search also asks about losses that it then leaves out.
     *
     * @throws InvalidHyperparametersException when a setting does not go with the loss
     */
    static SgdSettings ofRun(Hyperparameters values) {
        SgdSettings settings = new SgdSettings(values);
        settings.checkTogether();
        return settings;
    }

    private void checkTogether() {
        if (loss() == Loss.SQUARED && recencyHalfLife() > 0) {
            throw new InvalidHyperparametersException(List.of(new InvalidHyperparametersException.Violation(
                    RECENCY_HALF_LIFE,
                    recencyHalfLife() + " is for losses that rank, and 'loss' is squared; leave it out or set 'loss' to"
                            + " logistic, bpr or warp")));
        }
    }

    /**
     * Settles what a {@code regularization} of 0 stands for: ratings take a prior of a fixed strength a row,
     * {@value #PRIOR}, dealt out over the ratings of the mean row, so that it is weaker at each rating of larger data; at most
     * {@value #STRONGEST}. Chosen on the synthetic set of a million ratings and on validation parts of the
     * training parts of MovieLens 100K and of its latest small set.
     */
    SgdSettings on(Positives positives) {
        if (loss() != Loss.SQUARED || positives.count() == 0) {
            return this;
        }
        double mean = 2.0 * positives.count() / (positives.usersWithAny() + positives.itemsWithAny());
        return new SgdSettings(values, Math.min(STRONGEST, PRIOR / mean));
    }

    double regularization() {
        double given = values.real("regularization");
        return given == 0 ? automaticRegularization : given;
    }

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

    /** The pull on factors at one step. */
    double factorDecay() {
        return regularization() * decayShare();
    }

    /** The pull on a bias at one step. */
    double biasDecay() {
        return values.real("bias_regularization") * decayShare();
    }

    /** A user's row makes several steps for one liked item; the regularization is dealt out among them. */
    private double decayShare() {
        return switch (loss()) {
            case SQUARED -> 1;
            case LOGISTIC -> RANKING_REGULARIZATION / (1 + negatives());
            case BPR -> RANKING_REGULARIZATION / negatives();
            case WARP -> RANKING_REGULARIZATION;
        };
    }

    double regularizationExponent() {
        return values.real("regularization_exponent");
    }

    /** The rate of the first epoch's steps. */
    double firstRate() {
        return loss() == Loss.SQUARED ? learningRate() : RANKING_RATE * learningRate();
    }

    /** The rate of an epoch's steps, from 1. */
    float rate(int epoch) {
        return (float) (firstRate() * (1 - (1 - LAST_RATE) * (epoch - 1) / Math.max(1, epochs() - 1)));
    }

    /** What the sums of squared gradients start at. */
    float initialSquares() {
        return loss() == Loss.SQUARED ? RATING_SQUARES : RANKING_SQUARES;
    }

    double initialDeviation() {
        return values.real("initial_deviation");
    }

    /** The value from which an interaction is learnt from; all ratings are. */
    double minimumValue() {
        return loss() == Loss.SQUARED ? Double.NEGATIVE_INFINITY : values.real("minimum_value");
    }

    int negatives() {
        int given = values.int32("negatives");
        return given > 0
                ? given
                : switch (loss()) {
                    case SQUARED, LOGISTIC -> LOGISTIC_NEGATIVES;
                    case BPR -> candidates() > 1 ? BPR_NEGATIVES : LOGISTIC_NEGATIVES;
                    case WARP -> WARP_NEGATIVES;
                };
    }

    /**
     * Of so many drawn items the highest scored one is a negative. Chosen automatically they are a small share of the
     * catalogue: of many draws from few items the highest scored is too often one that the user would like.
     *
     * @param items to draw from
     */
    int candidates(int items) {
        boolean isGiven = values.int32(CANDIDATES) > 0;
        return isGiven ? candidates() : Math.clamp(items / ITEMS_PER_CANDIDATE, 1, candidates());
    }

    private int candidates() {
        int given = values.int32(CANDIDATES);
        if (given > 0) {
            return given;
        }
        boolean hasFeatures = itemFeatures() != Features.NONE || userFeatures() != Features.NONE;
        return loss() == Loss.BPR && !hasFeatures ? BPR_CANDIDATES : 1;
    }

    /** An item is drawn in proportion to its number of interactions to this power. */
    double negativeExponent() {
        return values.choice("negative_sampling").equals("uniform") ? 0 : values.real("popularity_exponent");
    }

    /** So many later interactions halve the weight of one in what users' vectors follow; 0 when all count alike. */
    double recencyHalfLife() {
        return values.real(RECENCY_HALF_LIFE);
    }

    Features itemFeatures() {
        return Features.of(values.choice("features"));
    }

    /** What an entry of a pair of item features weighs, 0 for no pairs. */
    double featurePairs() {
        return itemFeatures() == Features.NONE ? 0 : values.real(FEATURE_PAIRS);
    }

    /** Whether pairs are asked for, of features that are not. */
    boolean pairsNothing() {
        return itemFeatures() == Features.NONE && values.real(FEATURE_PAIRS) > 0;
    }

    Features userFeatures() {
        return Features.of(values.choice("user_features"));
    }
}
