package dev.latent.algorithms.sgd;

/**
 * The three losses as functions of the score, each with its slope: minus its derivative, the direction of descent.
 *
 * <p>Squared: {@code ½(r − r̂)²} on ratings. Logistic: {@code −ln σ(x)} for a liked item, {@code −ln σ(−x)} for a drawn one
 * (Rendle, Krichene, Zhang, Anderson, "Neural collaborative filtering vs. matrix factorization revisited", RecSys 2020).
 * BPR: {@code −ln σ(x⁺ − x⁻)} (Rendle et al., "BPR: Bayesian personalized ranking from implicit feedback", UAI 2009). The
 * last two are {@link #softplus} of the signed margin.
 */
final class Losses {

    private Losses() {}

    /** ½·error². */
    static double squared(double rating, double score) {
        double error = rating - score;
        return 0.5 * error * error;
    }

    /** rating − score. */
    static float squaredSlope(float rating, float score) {
        return rating - score;
    }

    /** ln(1 + exp(−margin)), without overflow. */
    static double softplus(double margin) {
        return StrictMath.log1p(StrictMath.exp(-Math.abs(margin))) + Math.max(-margin, 0);
    }

    /** σ(−margin) = 1 / (1 + exp(margin)): the slope of {@link #softplus}. */
    static float softplusSlope(float margin) {
        double small = StrictMath.exp(-Math.abs(margin));
        return (float) ((margin >= 0 ? small : 1) / (1 + small));
    }
}
