package dev.latent.algorithms.wals;

/**
 * Sums over solved rows.
 *
 * @param attained Σ of each row's minimum: observed and unobserved error and the row's own penalty
 * @param penalty Σ of the rows' own penalties
 * @param weight Σ of the confidence of the observed pairs
 */
record LossSums(double attained, double penalty, double weight) {

    static final LossSums ZERO = new LossSums(0, 0, 0);

    LossSums plus(LossSums other) {
        return new LossSums(attained + other.attained, penalty + other.penalty, weight + other.weight);
    }
}
