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
        tally.add(RowKernels.descendSquared(users, items, bin.block(itemBin), scale, rate), 0);
    }
}
