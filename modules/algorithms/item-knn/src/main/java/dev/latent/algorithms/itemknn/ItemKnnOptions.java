package dev.latent.algorithms.itemknn;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Scale;
import java.util.List;
import java.util.Locale;

/**
 * The declared hyperparameters, and their values in typed form.
 *
 * @param similarity how pairs of items are compared
 * @param neighbours kept of each item
 * @param shrinkage added to the denominator of a cosine
 * @param saturation K1 of BM25
 * @param lengthNormalization B of BM25
 * @param longestHistory users with more interactions are left out of the similarities; 0 for none
 * @param rule what an interaction counts
 */
record ItemKnnOptions(
        Similarity similarity,
        int neighbours,
        double shrinkage,
        double saturation,
        double lengthNormalization,
        int longestHistory,
        CountingRule rule) {

    static final String SIMILARITY = "similarity";
    static final String NEIGHBOURS = "neighbours";
    static final String SHRINKAGE = "shrinkage";
    static final String SATURATION = "bm25_k1";
    static final String LENGTH_NORMALIZATION = "bm25_b";
    static final String LONGEST_HISTORY = "longest_history";
    static final String WEIGHT = "weight";
    static final String MINIMUM_VALUE = "minimum_value";
    static final String COUNT = "count";
    static final String VALUE = "value";

    /** How two items are compared; {@link Weighting} has the formulas. */
    enum Similarity {
        /** The angle between the items' columns. */
        COSINE,
        /** The angle after active users have been weighted down. */
        TFIDF,
        /** The product after popular items and active users have been weighted down. */
        BM25
    }

    static final List<Hyperparameter> DECLARED = List.of(
            new Hyperparameter.OfChoice(
                    SIMILARITY,
                    "How two items are compared by their users: cosine, tfidf (active users count less) or bm25 (popular"
                            + " items count less too).",
                    "cosine",
                    List.of("cosine", "tfidf", "bm25")),
            new Hyperparameter.OfInteger(
                    NEIGHBOURS,
                    "How many of the most similar items are kept for each item.",
                    100,
                    1,
                    10_000,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    SHRINKAGE,
                    "cosine and tfidf: added to the product of the two lengths, so that items with few common users are less"
                            + " similar. Raise it for sparse data.",
                    0,
                    0,
                    100_000,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    SATURATION,
                    "bm25: K1, how far more of one interaction's value still counts.",
                    100,
                    0.001,
                    10_000,
                    Scale.LOG),
            new Hyperparameter.OfReal(
                    LENGTH_NORMALIZATION,
                    "bm25: B, how far popular items are weighted down; 0 not at all, 1 in proportion.",
                    0.8,
                    0,
                    1,
                    Scale.LINEAR),
            new Hyperparameter.OfInteger(
                    LONGEST_HISTORY,
                    "Users with more interactions are left out of the similarities, as each costs its square; the log says how"
                            + " many. 0 leaves out none.",
                    10_000,
                    0,
                    Integer.MAX_VALUE,
                    Scale.LINEAR),
            new Hyperparameter.OfChoice(
                    WEIGHT,
                    "What an interaction counts: 'count' 1, 'value' its value, beyond ±10⁹ as that.",
                    COUNT,
                    List.of(COUNT, VALUE)),
            new Hyperparameter.OfReal(
                    MINIMUM_VALUE,
                    "Interactions of a lower value were seen but not liked and are left out, for example 3.5 for ratings"
                            + " of 1 to 5.",
                    0,
                    -1_000_000,
                    1_000_000,
                    Scale.LINEAR));

    /** What a tuner tries: which interactions count is for the owner of the data to say. */
    static final List<Hyperparameter> SEARCHED = List.of(
            new Hyperparameter.OfChoice(SIMILARITY, "All three.", "cosine", List.of("cosine", "tfidf", "bm25")),
            new Hyperparameter.OfInteger(NEIGHBOURS, "From close to far.", 100, 5, 1_000, Scale.LOG),
            new Hyperparameter.OfReal(SHRINKAGE, "Up to that of a hundred common users.", 1, 0.1, 100, Scale.LOG),
            new Hyperparameter.OfReal(SATURATION, "From all alike to in proportion.", 100, 0.1, 1_000, Scale.LOG),
            new Hyperparameter.OfReal(LENGTH_NORMALIZATION, "All of the range.", 0.8, 0, 1, Scale.LINEAR));

    static ItemKnnOptions of(Hyperparameters values) {
        return new ItemKnnOptions(
                Similarity.valueOf(values.choice(SIMILARITY).toUpperCase(Locale.ROOT)),
                values.int32(NEIGHBOURS),
                values.real(SHRINKAGE),
                values.real(SATURATION),
                values.real(LENGTH_NORMALIZATION),
                values.int32(LONGEST_HISTORY),
                new CountingRule(values.choice(WEIGHT).equals(VALUE), (float) values.real(MINIMUM_VALUE)));
    }
}
