package dev.latent.algorithms.wals;

import dev.latent.math.WorkerPool;
import dev.latent.spi.Snapshot;

/**
 * The λ that is taken when none is given.
 *
 * <p>Implicit feedback: with ν = 1 and M the matrix of liked pairs, each weighing {@code c_ui / √(#_u·#_i)}, all vectors
 * collapse to 0 once λ reaches the largest singular value σ₁ of M: the objective's second derivative at 0 is then positive
 * in every direction. So σ₁ is the natural unit of λ, whatever the size and density of the data, and
 *
 * <pre>
 *   λ = σ₁ · min(½, 0.3 / √n̄_U · (1 + 4/n̄_I))      n̄_U, n̄_I the mean number of liked pairs of a user and of an item with any
 * </pre>
 *
 * <p>follows the best values of searches on interactions held out from the training part alone (64 factors, α0 = 0.1). Long
 * histories determine a vector better and need less; items that few have liked need more. NDCG@10 on two validation parts
 * without the last factor and with it at 5: movietweetings-10k (3 a user and an item) 0.046 and 0.090, movietweetings-100k (9 an
 * item) 0.089 and 0.093 (at 3), lastfm-hetrec2011 (5) 0.173 and 0.178, ml-latest-small (9) 0.052 and 0.054, ml-100k (57) 0.110 and
 * 0.109, filmtrust (17) 0.457 and 0.449; on msweb (259) it is next to 1. Of held-out users on a synthetic set like MovieLens-20M
 * the best value was 0.003 (the rule's 0.0035).
 *
 * <p>With normalised items M's entries are multiplied by √q_i and the penalties of items by q_i, as the objective has it.
 *
 * <p>Ratings: {@value #EXPLICIT}, found on folds of MovieLens 100K.
 *
 * <p>At other ν either is carried over so that the penalties of all rows keep their sum (λ* of Rendle et al. 2022):
 *
 * <pre>
 *   λ_ν = λ·( Σ_i #_i + Σ_u #_u ) / ( Σ_i #_i^ν + Σ_u #_u^ν )
 * </pre>
 */
final class AutomaticRegularization {

    static final double EXPLICIT = 0.13;

    private static final double FACTOR = 0.3;

    /** Liked pairs of an item below which items call for a stronger λ. */
    private static final double FEW_PAIRS = 4;

    /** Of σ₁, so that something is learnt of the sparsest data. */
    private static final double LARGEST_SHARE = 0.5;

    /** For data without a liked pair, where any value does. */
    private static final double FALLBACK = 0.01;

    private AutomaticRegularization() {}

    /** Returns λ for an objective whose own is 0. */
    static double of(Objective objective, Snapshot snapshot, WorkerPool pool) {
        LikedCounts users = LikedCounts.of(snapshot.byUser(), objective.minimumValue());
        LikedCounts items = LikedCounts.of(snapshot.byItem(), objective.minimumValue());
        double lambda = objective.explicit() ? EXPLICIT : implicit(objective, snapshot, users, items, pool);
        Objective unit = objective.withRegularization(1);
        double powers = penalties(unit, users, items);
        double frequencies = penalties(unit.withExponent(1), users, items);
        return powers > 0 && frequencies > 0 ? lambda * frequencies / powers : lambda;
    }

    private static double implicit(
            Objective objective, Snapshot snapshot, LikedCounts users, LikedCounts items, WorkerPool pool) {
        double sigma = new LargestSingularValue(objective, snapshot, users, items, pool).value();
        double share = FACTOR / Math.sqrt(users.mean()) * (1 + FEW_PAIRS / items.mean());
        return sigma > 0 && Double.isFinite(sigma) ? sigma * Math.min(LARGEST_SHARE, share) : FALLBACK;
    }

    private static double penalties(Objective objective, LikedCounts users, LikedCounts items) {
        return users.penalties(objective, items.rows(), 0)
                + items.penalties(
                        objective, users.rows(), objective.pairWeights().itemNormalization());
    }
}
