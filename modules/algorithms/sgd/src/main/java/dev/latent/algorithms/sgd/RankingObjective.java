package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;

/** A loss that ranks, which one user's vector can descend alone. Thread-safe for users who share no row. */
sealed interface RankingObjective extends Objective permits LogisticObjective, BprObjective, WarpObjective {

    /**
     * Makes the steps of one liked item with all items at rest; negatives are drawn from the whole catalogue.
     *
     * @param user row that moves
     * @param liked item
     * @param random of this user alone
     * @param rate the learning rate
     */
    void follow(int user, int liked, SeededRandom random, float rate);
}
