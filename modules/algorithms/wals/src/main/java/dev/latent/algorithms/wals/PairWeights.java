package dev.latent.algorithms.wals;

/**
 * What weighs a liked pair beside its value (row and column weights of TensorFlow's WALS), and the sign of the factors.
 *
 * <pre>
 *   R_u = (#liked of u / mean of the users)^(−userExponent)        C_i = (#liked of i / mean of the items)^(−itemExponent)
 * </pre>
 *
 * @param userExponent 0 for {@code R = 1}; above 0 long histories weigh less a pair
 * @param itemExponent 0 for {@code C = 1}; above 0 pairs of popular items weigh less
 * @param nonNegative whether factors must not be negative
 */
record PairWeights(double userExponent, double itemExponent, boolean nonNegative) {

    static final PairWeights NONE = new PairWeights(0, 0, false);
}
