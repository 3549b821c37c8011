package dev.latent.algorithms.sgd;

/**
 * The interactions of one block: entries {@code from} to {@code to - 1} of three arrays that all blocks of a user bin share.
 *
 * @param users row of the user of each
 * @param items row of the item of each
 * @param values value of each
 * @param from first of the block
 * @param to one past its last
 */
@SuppressWarnings("ArrayRecordComponent")
record Ratings(int[] users, int[] items, float[] values, int from, int to) {}
