package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;

/**
 * Biased matrix factorization: {@code r̂ = μ + b_u + b_i + <p_u, q_i>} under the squared loss, ratings centred on μ and
 * divided by their standard deviation.
 */
final class SquaredObjective implements Objective {

    private final RowTable users;
    private final RowTable items;
    private final RatingScale scale;

    SquaredObjective(RowTable users, RowTable items, RatingScale scale) {
        this.users = users;
        this.items = items;
        this.scale = scale;
    }

    @Override
    public void descend(BlockSchedule.UserBin bin, int itemBin, SeededRandom random, float rate, Tally tally) {
        int[] userNumbers = bin.users();
        int[] itemNumbers = bin.items();
        float[] values = bin.values();
        float mean = scale.mean();
        float inverse = 1 / scale.deviation();
        double loss = 0;
        int end = bin.start(itemBin + 1);
        for (int at = bin.start(itemBin); at < end; at++) {
            long user = users.offset(userNumbers[at]);
            long item = items.offset(itemNumbers[at]);
            float score = users.bias(user) + items.bias(item) + RowKernels.dot(users, user, items, item);
            float rating = (values[at] - mean) * inverse;
            loss += Losses.squared(rating, score);
            float slope = Losses.squaredSlope(rating, score);
            RowKernels.biasStep(users, user, slope, rate);
            RowKernels.biasStep(items, item, slope, rate);
            RowKernels.pairStep(users, user, items, item, slope, rate);
        }
        tally.add(loss, 0);
    }
}
