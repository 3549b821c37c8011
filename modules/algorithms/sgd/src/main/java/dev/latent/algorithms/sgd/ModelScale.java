package dev.latent.algorithms.sgd;

/**
 * What rows are multiplied by when they leave as a model.
 *
 * <p>Ratings are learnt in units of their deviation s, with regularization λ of factors and λ_b of biases. The host folds a
 * user in with one λ for vector and bias, in the ratings' own unit. Both are the same problem when user vectors leave times
 * {@code s·√(λ/λ_b)} and item vectors times {@code √(λ_b/λ)}, and the host's λ is λ_b. Scores, the objective and the cosines
 * between items are unchanged by it. Where the two regularizations are too far apart for that, the vectors leave plain, and
 * the bias of a folded-in user is pulled with λ.
 *
 * @param users for user vectors
 * @param items for item vectors
 * @param biases for biases
 * @param ridge the host's λ
 */
record ModelScale(float users, float items, float biases, double ridge) {

    private static final double LARGEST_RATIO = 1e6;

    static ModelScale of(SgdSettings settings, RatingScale scale) {
        double factors = settings.factorDecay();
        double biases = settings.biasDecay();
        float deviation = scale.deviation();
        if (settings.loss() != Loss.SQUARED
                || biases * LARGEST_RATIO < factors
                || factors * LARGEST_RATIO < biases
                || factors == 0) {
            return new ModelScale(deviation, 1, deviation, factors);
        }
        double ratio = Math.sqrt(factors / biases);
        return new ModelScale((float) (deviation * ratio), (float) (1 / ratio), deviation, biases);
    }
}
