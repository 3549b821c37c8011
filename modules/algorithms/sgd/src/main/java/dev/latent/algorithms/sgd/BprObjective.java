package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;

/** Each liked item above as many drawn ones as wanted, by the logistic loss of the difference of their scores. */
final class BprObjective implements RankingObjective {

    private final RowTable users;
    private final RowTable items;
    private final HardestNegative sampler;
    private final int negatives;

    BprObjective(HardestNegative sampler, int negatives) {
        users = sampler.users();
        items = sampler.items();
        this.sampler = sampler;
        this.negatives = negatives;
    }

    @Override
    public void descend(BlockSchedule.UserBin bin, int itemBin, SeededRandom random, float rate, Tally tally) {
        Ratings block = bin.block(itemBin);
        double loss = 0;
        for (int at = block.from(); at < block.to(); at++) {
            int user = block.users()[at];
            int liked = block.items()[at];
            for (int draw = 0; draw < negatives; draw++) {
                int drawn = sampler.draw(user, itemBin, random);
                if (drawn != NegativeSampler.NONE) {
                    loss += step(user, liked, drawn, rate);
                }
            }
        }
        tally.add(loss, 0);
    }

    @Override
    public void follow(int user, int liked, SeededRandom random, float rate) {
        for (int draw = 0; draw < negatives; draw++) {
            int drawn = sampler.draw(user, NegativeSampler.ALL_BINS, random);
            if (drawn != NegativeSampler.NONE) {
                float slope = Losses.softplusSlope(margin(user, liked, drawn));
                RowKernels.userStep(users, user, items, liked, slope, drawn, -slope, rate);
            }
        }
    }

    private float margin(int user, int liked, int drawn) {
        return items.bias(liked)
                + RowKernels.dot(users, user, items, liked)
                - items.bias(drawn)
                - RowKernels.dot(users, user, items, drawn);
    }

    private double step(int user, int liked, int drawn, float rate) {
        float margin = margin(user, liked, drawn);
        float slope = Losses.softplusSlope(margin);
        RowKernels.biasStep(items, liked, slope, rate);
        RowKernels.biasStep(items, drawn, -slope, rate);
        RowKernels.tripleStep(users, user, items, liked, drawn, slope, rate);
        return Losses.softplus(margin);
    }
}
