package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;

/**
 * Each liked item above the first drawn one that violates the order (Weston, Bengio, Usunier, "WSABIE: scaling up to large
 * vocabulary image annotation", IJCAI 2011): items are drawn until one scores within 1 of the liked item or above it, at
 * most as many as wanted; the number of draws tells about where the liked item ranks, and the step, by the hinge loss, is
 * weighed by the logarithm of that rank, here over that of the lowest rank so that weights are at most 1.
 */
final class WarpObjective implements RankingObjective {

    private final RowTable users;
    private final RowTable items;
    private final NegativeSampler sampler;
    private final int draws;
    private final float[] weights;

    /**
     * Prepares the weights.
     *
     * @param draws most items that are drawn for a liked one
     * @param candidates how many items there are to draw from
     */
    WarpObjective(RowTable users, RowTable items, NegativeSampler sampler, int draws, int candidates) {
        this.users = users;
        this.items = items;
        this.sampler = sampler;
        this.draws = draws;
        weights = new float[draws + 1];
        for (int draw = 1; draw <= draws; draw++) {
            int rank = Math.max(1, (candidates - 1) / draw);
            weights[draw] = (float) (StrictMath.log(rank) / StrictMath.log(Math.max(2, candidates)));
        }
    }

    @Override
    public void descend(BlockSchedule.UserBin bin, int itemBin, SeededRandom random, float rate, Tally tally) {
        Ratings block = bin.block(itemBin);
        double loss = 0;
        for (int at = block.from(); at < block.to(); at++) {
            loss += step(block.users()[at], block.items()[at], itemBin, random, rate);
        }
        tally.add(loss, 0);
    }

    @Override
    public void follow(int user, int liked, SeededRandom random, float rate) {
        float goal = goal(user, liked);
        for (int draw = 1; draw <= draws; draw++) {
            int drawn = sampler.draw(users.number(user), NegativeSampler.ALL_BINS, random);
            if (drawn == NegativeSampler.NONE) {
                return;
            }
            if (!(score(user, drawn) <= goal)) {
                RowKernels.userStep(users, user, items, liked, weights[draw], drawn, -weights[draw], rate);
                return;
            }
        }
    }

    private double step(int user, int liked, int itemBin, SeededRandom random, float rate) {
        float goal = goal(user, liked);
        for (int draw = 1; draw <= draws; draw++) {
            int drawn = sampler.draw(users.number(user), itemBin, random);
            if (drawn == NegativeSampler.NONE) {
                return 0;
            }
            float excess = score(user, drawn) - goal;
            if (!(excess <= 0)) { // NaN is a violation, so that a divergence shows
                float slope = weights[draw];
                RowKernels.biasStep(items, liked, slope, rate);
                RowKernels.biasStep(items, drawn, -slope, rate);
                RowKernels.tripleStep(users, user, items, liked, drawn, slope, rate);
                return (double) slope * excess;
            }
        }
        return 0;
    }

    /** What a drawn item must score above to violate the order. */
    private float goal(int user, int liked) {
        return score(user, liked) - 1;
    }

    private float score(int user, int item) {
        return items.bias(item) + RowKernels.dot(users, user, items, item);
    }
}
