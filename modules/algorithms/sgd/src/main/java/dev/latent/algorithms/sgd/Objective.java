package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;

/** One of the losses, descended over a block. Thread-safe for blocks that share no row. */
sealed interface Objective permits SquaredObjective, RankingObjective {

    /**
     * Makes a step for each interaction of a block.
     *
     * @param bin holds the block
     * @param itemBin the block
     * @param random of this block and epoch alone
     * @param rate the learning rate
     * @param tally receives the loss, as it was before each step
     */
    void descend(BlockSchedule.UserBin bin, int itemBin, SeededRandom random, float rate, Tally tally);
}
