package dev.latent.algorithms.wals;

/**
 * Sums over solved rows.
 *
 * @param error Σ of each row's weighted squared error, see {@link RowSolver#error}
 * @param penalty Σ of the rows' own penalties
 * @param weight Σ of the confidence of the observed pairs
 */
record LossSums(double error, double penalty, double weight) {

    static final LossSums ZERO = new LossSums(0, 0, 0);

    LossSums plus(LossSums other) {
        return new LossSums(error + other.error, penalty + other.penalty, weight + other.weight);
    }
}
