package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;

/** Each liked item against 1, and as many drawn ones as wanted against 0, by the logistic loss of {@code b_i + <p, q>}. */
final class LogisticObjective implements Objective {

    private final RowTable users;
    private final RowTable items;
    private final NegativeSampler sampler;
    private final int negatives;

    LogisticObjective(RowTable users, RowTable items, NegativeSampler sampler, int negatives) {
        this.users = users;
        this.items = items;
        this.sampler = sampler;
        this.negatives = negatives;
    }

    @Override
    public void descend(BlockSchedule.UserBin bin, int itemBin, SeededRandom random, float rate, Tally tally) {
        int[] userNumbers = bin.users();
        int[] itemNumbers = bin.items();
        double observed = 0;
        double unobserved = 0;
        int end = bin.start(itemBin + 1);
        for (int at = bin.start(itemBin); at < end; at++) {
            long user = users.offset(userNumbers[at]);
            observed += step(user, items.offset(itemNumbers[at]), 1, rate);
            for (int draw = 0; draw < negatives; draw++) {
                int drawn = sampler.draw(userNumbers[at], itemBin, random);
                if (drawn != NegativeSampler.NONE) {
                    unobserved += step(user, items.offset(drawn), -1, rate);
                }
            }
        }
        tally.add(observed, unobserved);
    }

    private double step(long user, long item, float sign, float rate) {
        float margin = sign * (items.bias(item) + RowKernels.dot(users, user, items, item));
        float slope = sign * Losses.softplusSlope(margin);
        RowKernels.biasStep(items, item, slope, rate);
        RowKernels.pairStep(users, user, items, item, slope, rate);
        return Losses.softplus(margin);
    }
}
