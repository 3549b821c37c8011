package dev.latent.algorithms.wals;

/**
 * What weighs a pair beside its value (row and column weights of TensorFlow's WALS), and the sign of the factors.
 *
 * <pre>
 *   R_u = (#liked of u / mean of the users)^(−userExponent)        C_i = (#liked of i / mean of the items)^(−itemExponent)
 *   q_i = (#liked of i / mean of the items)^(−itemNormalization)   T_ui = 2^(−later_ui / recencyHalfLife)
 * </pre>
 *
 * <p>R and C weigh liked pairs, and q all of an item's part in the objective ({@link Objective}). T holds when the users are
 * solved for the last time; later_ui is the number of u's liked interactions that are later than that with i.
 *
 * @param userExponent 0 for {@code R = 1}; above 0 long histories weigh less a pair
 * @param itemExponent 0 for {@code C = 1}; above 0 pairs of popular items weigh less
 * @param itemNormalization 0 for {@code q = 1}; at 1 every item's column has the same sum; not beside an itemExponent
 * @param recencyHalfLife 0 for {@code T = 1}
 * @param nonNegative whether factors must not be negative
 */
record PairWeights(
        double userExponent,
        double itemExponent,
        double itemNormalization,
        double recencyHalfLife,
        boolean nonNegative) {

    static final PairWeights NONE = new PairWeights(0, 0, 0, 0, false);

    /** Whether items have weights in all pairs, and not in liked ones alone. */
    boolean isNormalized() {
        return itemNormalization != 0;
    }

    boolean countsRecency() {
        return recencyHalfLife > 0;
    }

    /** The exponent of the items' weights, of either kind. */
    double itemWeightExponent() {
        return isNormalized() ? itemNormalization : itemExponent;
    }
}
