package dev.latent.spi;

/**
 * How a user's vector follows from a history against fixed item vectors, as data: the host solves it, without any code of
 * the plugin, for users who came after training and for users whose history has grown.
 *
 * <p>In all laws an interaction below {@code minimumValue} is seen but not liked: it is left out of the solve.
 */
public sealed interface FoldIn {

    /** No law: unknown users get the fallback. */
    record None() implements FoldIn {}

    /**
     * Weighted ridge regression (Hu, Koren, Volinsky 2008, eq. 4, in the form of Rendle et al. 2022, eq. 3). With
     * {@code h_i} the item vectors, {@code I} the liked items of the history, {@code c_i} their confidence, {@code t_i}
     * their target, the vector minimises
     *
     * <pre>
     *   Σ_{i∈I} c_i (<w, h_i> − t_i)²  +  α0 Σ_{all i} <w, h_i>²  +  λ (|I| + α0·itemCount)^ν ‖w‖²
     * </pre>
     *
     * <p>The target is 1 for {@link Target#ONE}; for {@link Target#VALUE} it is the value less the model's offset, the
     * item's bias and, with {@code userBias}, a user bias that is solved for beside {@code w} and regularised alike.
     *
     * @param unobservedWeight α0, at least 0
     * @param regularization λ, at least 0
     * @param regularizationExponent ν; 0 for a plain λ
     * @param confidence gives {@code c_i} from the value
     * @param minimumValue values below it do not count as liked; {@link Double#NEGATIVE_INFINITY} to count all
     * @param target what a score should be
     * @param userBias whether a user bias is solved for
     */
    record Ridge(
            double unobservedWeight,
            double regularization,
            double regularizationExponent,
            Confidence confidence,
            double minimumValue,
            Target target,
            boolean userBias)
            implements FoldIn {

        /** Checks the ranges. */
        public Ridge {
            boolean inRange = unobservedWeight >= 0
                    && regularization >= 0
                    && Double.isFinite(unobservedWeight + regularization + regularizationExponent)
                    && !Double.isNaN(minimumValue);
            if (!inRange) {
                throw new IllegalArgumentException("Ridge fold-in needs a finite unobservedWeight and regularization of"
                        + " at least 0, a finite exponent and a minimumValue, got " + unobservedWeight + ", "
                        + regularization + ", " + regularizationExponent + ", " + minimumValue);
            }
        }
    }

    /**
     * {@link Ridge} with weights of users and items, and optionally without negative factors. A liked pair weighs
     * {@code c_i·R·C_i·T_i} in place of {@code c_i}, where {@code C_i} is the item's of {@link EmbeddingModel#itemWeights} and
     *
     * <pre>
     *   R = (|I| / meanHistory)^(−userWeightExponent)        T_i = 2^(−later_i / recencyHalfLife)
     * </pre>
     *
     * <p>(row and column weights of TensorFlow's WALS, with R from the length of the history); {@code later_i} is the number
     * of liked interactions of the history that are later than i's, 0 where no times are known. With {@code normalizedItems}
     * the item's weight holds for the unobserved pairs too: {@code α0 Σ_{all i} C_i <w, h_i>²}. With {@code nonNegative} the
     * vector is the minimum among those without negative elements; a user bias stays free.
     *
     * @param ridge the law without them
     * @param userWeightExponent 0 for {@code R = 1}; finite
     * @param meanHistory mean number of liked items of the users trained on, above 0
     * @param nonNegative whether the elements of a vector must not be negative
     * @param normalizedItems whether unobserved pairs have the items' weights
     * @param recencyHalfLife later interactions that halve the weight of one; 0 for {@code T = 1}; finite
     */
    record WeightedRidge(
            Ridge ridge,
            double userWeightExponent,
            double meanHistory,
            boolean nonNegative,
            boolean normalizedItems,
            double recencyHalfLife)
            implements FoldIn {

        /** Checks the ranges. */
        public WeightedRidge {
            if (!Double.isFinite(userWeightExponent) || !(meanHistory > 0) || !Double.isFinite(meanHistory)) {
                throw new IllegalArgumentException(
                        "Weighted ridge fold-in needs a finite userWeightExponent and a finite"
                                + " meanHistory above 0, got " + userWeightExponent + ", " + meanHistory);
            }
            if (!(recencyHalfLife >= 0) || !Double.isFinite(recencyHalfLife)) {
                throw new IllegalArgumentException(
                        "Weighted ridge fold-in needs a finite recencyHalfLife of at least 0, got " + recencyHalfLife);
            }
        }

        /**
         * A law without normalized items and without recency.
         *
         * @param ridge the law without weights
         * @param userWeightExponent 0 for {@code R = 1}; finite
         * @param meanHistory mean number of liked items of the users trained on, above 0
         * @param nonNegative whether the elements of a vector must not be negative
         */
        public WeightedRidge(Ridge ridge, double userWeightExponent, double meanHistory, boolean nonNegative) {
            this(ridge, userWeightExponent, meanHistory, nonNegative, false, 0);
        }

        /**
         * Returns the weight of a user.
         *
         * @param liked how many items count as liked, at least 1
         * @return above 0
         */
        public double userWeight(int liked) {
            return userWeightExponent == 0 ? 1 : StrictMath.pow(liked / meanHistory, -userWeightExponent);
        }
    }

    /**
     * A few seeded steps of AdaGrad on the training loss, starting from 0. Negatives are drawn as in training: an item that is
     * not liked in proportion to its {@link EmbeddingModel#itemWeights}, or uniformly from all when the model has none. They
     * follow from the history alone, so that the same history gives the same vector.
     *
     * <p>With a {@code recencyHalfLife} the vector then goes on after the latest interactions, AdaGrad's sum started anew: for liked
     * items drawn in proportion to {@code T_i = 2^(−later_i / recencyHalfLife)}, {@code later_i} being the number of liked
     * interactions of the history that are later than i's, {@code ⌈recentPasses · Σ T_i⌉} times. There a negative is the
     * highest scored of {@code recentCandidates} drawn items, but for {@link Loss#WARP}. Where no time is later than another
     * the vector stays as it was.
     *
     * @param loss what is descended
     * @param epochs passes over the history, at least 1
     * @param learningRate above 0
     * @param regularization weight of ‖w‖² a step, at least 0
     * @param negatives items that are not liked drawn for each liked one, at least 1
     * @param minimumValue values below it do not count as liked
     * @param recencyHalfLife later interactions that halve the weight of one; 0 for no such steps; finite
     * @param recentPasses steps for each unit of weight, at least 1
     * @param recentCandidates drawn items of which the highest scored is a negative, at least 1
     */
    record Gradient(
            Loss loss,
            int epochs,
            double learningRate,
            double regularization,
            int negatives,
            double minimumValue,
            double recencyHalfLife,
            int recentPasses,
            int recentCandidates)
            implements FoldIn {

        /** Checks the ranges. */
        public Gradient {
            if (epochs < 1 || !(learningRate > 0) || !(regularization >= 0) || negatives < 1) {
                throw new IllegalArgumentException(
                        "Gradient fold-in needs epochs and negatives of at least 1, a learning"
                                + " rate above 0 and a regularization of at least 0, got " + epochs + ", " + negatives
                                + ", "
                                + learningRate + ", " + regularization);
            }
            if (!(recencyHalfLife >= 0)
                    || !Double.isFinite(recencyHalfLife)
                    || recentPasses < 1
                    || recentCandidates < 1) {
                throw new IllegalArgumentException("Gradient fold-in needs a finite recencyHalfLife of at least 0, and"
                        + " recentPasses and recentCandidates of at least 1, got " + recencyHalfLife + ", "
                        + recentPasses + ", " + recentCandidates);
            }
        }

        /**
         * A law without recency.
         *
         * @param loss what is descended
         * @param epochs passes over the history, at least 1
         * @param learningRate above 0
         * @param regularization weight of ‖w‖² a step, at least 0
         * @param negatives items that are not liked drawn for each liked one, at least 1
         * @param minimumValue values below it do not count as liked
         */
        public Gradient(
                Loss loss, int epochs, double learningRate, double regularization, int negatives, double minimumValue) {
            this(loss, epochs, learningRate, regularization, negatives, minimumValue, 0, 1, 1);
        }
    }

    /** What a score of an observed item should be. */
    enum Target {
        /** 1, whatever the value. */
        ONE,
        /** The interaction's value. */
        VALUE
    }

    /** A loss for implicit feedback. */
    enum Loss {
        /** Each observed item against 1, each drawn negative against 0, by the logistic loss. */
        LOGISTIC,
        /** Each observed item above a drawn negative (Rendle et al. 2009, BPR-Opt). */
        BPR,
        /**
         * Each observed item above the first of at most {@code negatives} drawn items that scores within 1 of it or above, by
         * the hinge loss times {@code ln(max(1, ⌊(itemCount − 1) / draws⌋)) / ln(itemCount)} (Weston, Bengio, Usunier 2011,
         * WARP).
         */
        WARP
    }
}
