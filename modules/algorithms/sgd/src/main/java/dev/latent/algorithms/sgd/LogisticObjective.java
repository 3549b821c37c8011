package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;

/** Each liked item against 1, and as many drawn ones as wanted against 0, by the logistic loss of {@code b_i + <p, q>}. */
final class LogisticObjective implements RankingObjective {

    private final RowTable users;
    private final RowTable items;
    private final HardestNegative sampler;
    private final int negatives;

    LogisticObjective(HardestNegative sampler, int negatives) {
        users = sampler.users();
        items = sampler.items();
        this.sampler = sampler;
        this.negatives = negatives;
    }

    @Override
    public void descend(BlockSchedule.UserBin bin, int itemBin, SeededRandom random, float rate, Tally tally) {
        Ratings block = bin.block(itemBin);
        double observed = 0;
        double unobserved = 0;
        for (int at = block.from(); at < block.to(); at++) {
            int user = block.users()[at];
            observed += step(user, block.items()[at], 1, rate);
            for (int draw = 0; draw < negatives; draw++) {
                int drawn = sampler.draw(user, itemBin, random);
                if (drawn != NegativeSampler.NONE) {
                    unobserved += step(user, drawn, -1, rate);
                }
            }
        }
        tally.add(observed, unobserved);
    }

    @Override
    public void follow(int user, int liked, SeededRandom random, float rate) {
        followStep(user, liked, 1, rate);
        for (int draw = 0; draw < negatives; draw++) {
            int drawn = sampler.draw(user, NegativeSampler.ALL_BINS, random);
            if (drawn != NegativeSampler.NONE) {
                followStep(user, drawn, -1, rate);
            }
        }
    }

    private void followStep(int user, int item, float sign, float rate) {
        float slope = sign * Losses.softplusSlope(margin(user, item, sign));
        RowKernels.userStep(users, user, items, item, slope, item, 0, rate);
    }

    private float margin(int user, int item, float sign) {
        return sign * (items.bias(item) + RowKernels.dot(users, user, items, item));
    }

    private double step(int user, int item, float sign, float rate) {
        float margin = margin(user, item, sign);
        float slope = sign * Losses.softplusSlope(margin);
        RowKernels.biasStep(items, item, slope, rate);
        RowKernels.pairStep(users, user, items, item, slope, rate);
        return Losses.softplus(margin);
    }
}
