package dev.latent.spi;

import java.lang.foreign.Arena;
import java.util.Locale;
import java.util.Optional;

/**
 * Users and items as vectors: the score of user u for item i is {@code offset + userBias(u) + itemBias(i) + <user(u),
 * item(i)>}.
 *
 * <p>Row r of a matrix belongs to user or item r of the snapshot that was trained on. Immutable but for the memory it
 * shows, which lives as long as the arena of its run.
 */
public final class EmbeddingModel implements TrainedModel {

    private final FloatMatrix users;
    private final FloatMatrix items;
    private final Optional<FloatMatrix> userBiases;
    private final Optional<FloatMatrix> itemBiases;
    private final Optional<FloatMatrix> itemWeights;
    private final Optional<FloatMatrix> itemFeatureFactors;
    private final Optional<FloatMatrix> itemFeatureBiases;
    private final Optional<FeaturePairs> itemFeaturePairs;
    private final Optional<FloatMatrix> userFeatureFactors;
    private final Optional<FloatMatrix> userFeatureBiases;
    private final float offset;
    private final FoldIn foldIn;

    private EmbeddingModel(Builder builder) {
        users = builder.users;
        items = builder.items;
        userBiases = builder.userBiases;
        itemBiases = builder.itemBiases;
        itemWeights = builder.itemWeights;
        itemFeatureFactors = builder.itemFeatureFactors;
        itemFeatureBiases = builder.itemFeatureBiases;
        itemFeaturePairs = builder.itemFeaturePairs;
        userFeatureFactors = builder.userFeatureFactors;
        userFeatureBiases = builder.userFeatureBiases;
        offset = builder.offset;
        foldIn = builder.foldIn;
        checkColumns("Item factors", items, users.columns());
        userBiases.ifPresent(biases -> checkBiases("User biases", biases, users));
        itemBiases.ifPresent(biases -> checkBiases("Item biases", biases, items));
        itemWeights.ifPresent(weights -> checkBiases("Item weights", weights, items));
        checkFeatures("Item", itemFeatureFactors, itemFeatureBiases);
        checkFeatures("User", userFeatureFactors, userFeatureBiases);
        itemFeaturePairs.ifPresent(this::checkPairs);
    }

    private void checkPairs(FeaturePairs pairs) {
        checkColumns("Item feature pair factors", pairs.factors(), users.columns());
        long features = itemFeatureFactors.map(FloatMatrix::rows).orElse(0L);
        for (long pair = 0; pair < pairs.count(); pair++) {
            if (pairs.second(pair) >= features) {
                throw new IllegalArgumentException("Item feature pair " + pair + " is of feature " + pairs.second(pair)
                        + ", and there are factors of " + features + " item features");
            }
        }
    }

    private void checkFeatures(String whose, Optional<FloatMatrix> factors, Optional<FloatMatrix> biases) {
        factors.ifPresent(matrix -> checkColumns(whose + " feature factors", matrix, users.columns()));
        biases.ifPresent(matrix -> checkBiases(
                whose + " feature biases",
                matrix,
                factors.orElseThrow(() -> new IllegalArgumentException(
                        whose + " feature biases need " + whose.toLowerCase(Locale.ROOT) + " feature factors"))));
    }

    private static void checkBiases(String what, FloatMatrix biases, FloatMatrix factors) {
        checkColumns(what, biases, 1);
        if (biases.rows() != factors.rows()) {
            throw new IllegalArgumentException(
                    what + " have " + biases.rows() + " rows, their factors " + factors.rows());
        }
    }

    private static void checkColumns(String what, FloatMatrix matrix, int columns) {
        if (matrix.columns() != columns) {
            throw new IllegalArgumentException(
                    what + " have " + matrix.columns() + " columns where " + columns + " are needed");
        }
    }

    /**
     * Starts a model from its two matrices.
     *
     * @param users one row a user, one column a factor
     * @param items one row an item, as many columns
     * @return a builder without biases, offset and fold-in
     */
    public static Builder builder(FloatMatrix users, FloatMatrix items) {
        return new Builder(users, items);
    }

    /**
     * Returns the user vectors.
     *
     * @return {@code userCount × rank}
     */
    public FloatMatrix users() {
        return users;
    }

    /**
     * Returns the item vectors.
     *
     * @return {@code itemCount × rank}
     */
    public FloatMatrix items() {
        return items;
    }

    /**
     * Returns the number of factors.
     *
     * @return at least 0
     */
    public int rank() {
        return items.columns();
    }

    /**
     * Returns what is added to every score of a user.
     *
     * @return {@code userCount × 1}, or empty for zeros
     */
    public Optional<FloatMatrix> userBiases() {
        return userBiases;
    }

    /**
     * Returns what is added to every score of an item.
     *
     * @return {@code itemCount × 1}, or empty for zeros
     */
    public Optional<FloatMatrix> itemBiases() {
        return itemBiases;
    }

    /**
     * Returns what a liked pair of an item weighs in {@link FoldIn.WeightedRidge}, with normalised items any pair of it; or how
     * often an item is drawn as a negative in {@link FoldIn.Gradient}, in proportion.
     *
     * @return {@code itemCount × 1}, above 0, for the gradient law at least 0; or empty for ones
     */
    public Optional<FloatMatrix> itemWeights() {
        return itemWeights;
    }

    /**
     * Returns the vectors of the item features, from which the host makes the vector of an item that came after training: the
     * sum of the vectors of its features, each times its weight, and likewise the bias.
     *
     * @return {@code features × rank}, one row a column of {@link Snapshot#itemFeatures()}; empty when the algorithm learnt
     *     none
     */
    public Optional<FloatMatrix> itemFeatureFactors() {
        return itemFeatureFactors;
    }

    /**
     * Returns the biases of the item features, see {@link #itemFeatureFactors()}.
     *
     * @return {@code features × 1}, or empty for zeros
     */
    public Optional<FloatMatrix> itemFeatureBiases() {
        return itemFeatureBiases;
    }

    /**
     * Returns the vectors of pairs of item features: the host adds those of a new item's pairs to the sum of its features.
     *
     * @return pairs of rows of {@link #itemFeatureFactors()}; empty when the algorithm learnt none
     */
    public Optional<FeaturePairs> itemFeaturePairs() {
        return itemFeaturePairs;
    }

    /**
     * Returns the vectors of the user features, from which the host makes the vector of a user of whom it knows features but
     * no interactions: the sum of the vectors of the features, each times its weight, and likewise the bias.
     *
     * @return {@code features × rank}, one row a column of {@link Snapshot#userFeatures()}; empty when the algorithm learnt
     *     none
     */
    public Optional<FloatMatrix> userFeatureFactors() {
        return userFeatureFactors;
    }

    /**
     * Returns the biases of the user features, see {@link #userFeatureFactors()}.
     *
     * @return {@code features × 1}, or empty for zeros
     */
    public Optional<FloatMatrix> userFeatureBiases() {
        return userFeatureBiases;
    }

    /**
     * Returns what is added to every score.
     *
     * @return for ratings their mean; 0 by default
     */
    public float offset() {
        return offset;
    }

    /**
     * Returns how the host finds the vector of a user that was not trained on.
     *
     * @return {@link FoldIn.None} by default
     */
    public FoldIn foldIn() {
        return foldIn;
    }

    /**
     * Returns the score of one user for one item.
     *
     * @param user from 0
     * @param item from 0
     * @return offset, biases and dot product, summed in float64
     */
    public double score(long user, long item) {
        double sum = offset;
        for (int factor = 0; factor < rank(); factor++) {
            sum += (double) users.get(user, factor) * items.get(item, factor);
        }
        return sum
                + userBiases.map(biases -> biases.get(user, 0)).orElse(0f)
                + itemBiases.map(biases -> biases.get(item, 0)).orElse(0f);
    }

    /**
     * Copies the model into other memory.
     *
     * @param arena owns the copy
     * @return an equal model
     */
    public EmbeddingModel copyTo(Arena arena) {
        Builder builder =
                builder(copy(users, arena), copy(items, arena)).offset(offset).foldIn(foldIn);
        userBiases.ifPresent(biases -> builder.userBiases(copy(biases, arena)));
        itemBiases.ifPresent(biases -> builder.itemBiases(copy(biases, arena)));
        itemWeights.ifPresent(weights -> builder.itemWeights(copy(weights, arena)));
        itemFeatureFactors.ifPresent(factors -> builder.itemFeatureFactors(copy(factors, arena)));
        itemFeatureBiases.ifPresent(biases -> builder.itemFeatureBiases(copy(biases, arena)));
        itemFeaturePairs.ifPresent(pairs -> builder.itemFeaturePairs(pairs.copyTo(arena)));
        userFeatureFactors.ifPresent(factors -> builder.userFeatureFactors(copy(factors, arena)));
        userFeatureBiases.ifPresent(biases -> builder.userFeatureBiases(copy(biases, arena)));
        return builder.build();
    }

    static FloatMatrix copy(FloatMatrix matrix, Arena arena) {
        FloatMatrix copy = FloatMatrix.allocate(arena, matrix.rows(), matrix.columns());
        copy.segment().copyFrom(matrix.segment());
        return copy;
    }

    /** Collects the parts of an {@link EmbeddingModel}. Not thread-safe. */
    public static final class Builder {
        private final FloatMatrix users;
        private final FloatMatrix items;
        private Optional<FloatMatrix> userBiases = Optional.empty();
        private Optional<FloatMatrix> itemBiases = Optional.empty();
        private Optional<FloatMatrix> itemWeights = Optional.empty();
        private Optional<FloatMatrix> itemFeatureFactors = Optional.empty();
        private Optional<FloatMatrix> itemFeatureBiases = Optional.empty();
        private Optional<FeaturePairs> itemFeaturePairs = Optional.empty();
        private Optional<FloatMatrix> userFeatureFactors = Optional.empty();
        private Optional<FloatMatrix> userFeatureBiases = Optional.empty();
        private float offset;
        private FoldIn foldIn = new FoldIn.None();

        private Builder(FloatMatrix users, FloatMatrix items) {
            this.users = users;
            this.items = items;
        }

        /**
         * Sets the user biases.
         *
         * @param biases {@code userCount × 1}
         * @return this
         */
        public Builder userBiases(FloatMatrix biases) {
            userBiases = Optional.of(biases);
            return this;
        }

        /**
         * Sets the item biases.
         *
         * @param biases {@code itemCount × 1}
         * @return this
         */
        public Builder itemBiases(FloatMatrix biases) {
            itemBiases = Optional.of(biases);
            return this;
        }

        /**
         * Sets what a liked pair of an item weighs in {@link FoldIn.WeightedRidge}, or how often an item is drawn as a
         * negative in {@link FoldIn.Gradient}.
         *
         * @param weights {@code itemCount × 1}, above 0, for the gradient law at least 0
         * @return this
         */
        public Builder itemWeights(FloatMatrix weights) {
            itemWeights = Optional.of(weights);
            return this;
        }

        /**
         * Sets the vectors of the item features.
         *
         * @param factors {@code features × rank}
         * @return this
         */
        public Builder itemFeatureFactors(FloatMatrix factors) {
            itemFeatureFactors = Optional.of(factors);
            return this;
        }

        /**
         * Sets the biases of the item features.
         *
         * @param biases {@code features × 1}
         * @return this
         */
        public Builder itemFeatureBiases(FloatMatrix biases) {
            itemFeatureBiases = Optional.of(biases);
            return this;
        }

        /**
         * Sets the vectors of pairs of item features.
         *
         * @param pairs of rows of the item features' vectors
         * @return this
         */
        public Builder itemFeaturePairs(FeaturePairs pairs) {
            itemFeaturePairs = Optional.of(pairs);
            return this;
        }

        /**
         * Sets the vectors of the user features.
         *
         * @param factors {@code features × rank}
         * @return this
         */
        public Builder userFeatureFactors(FloatMatrix factors) {
            userFeatureFactors = Optional.of(factors);
            return this;
        }

        /**
         * Sets the biases of the user features.
         *
         * @param biases {@code features × 1}
         * @return this
         */
        public Builder userFeatureBiases(FloatMatrix biases) {
            userFeatureBiases = Optional.of(biases);
            return this;
        }

        /**
         * Sets what is added to every score.
         *
         * @param value finite
         * @return this
         */
        public Builder offset(float value) {
            offset = value;
            return this;
        }

        /**
         * Sets how a user that was not trained on gets a vector.
         *
         * @param value the law
         * @return this
         */
        public Builder foldIn(FoldIn value) {
            foldIn = value;
            return this;
        }

        /**
         * Makes the model.
         *
         * @return a model whose shapes agree
         * @throws IllegalArgumentException when they do not
         */
        public EmbeddingModel build() {
            return new EmbeddingModel(this);
        }
    }
}
