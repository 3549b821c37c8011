package dev.latent.algorithms.wals;

/**
 * Which rows are so long that all threads share them.
 *
 * @param longest length of the longest row that one thread solves
 * @param chunk interactions of a longer one that a thread takes at a time
 */
record RowLimits(int longest, int chunk) {

    /** A quarter of a million interactions: about 15 ms of one thread at rank 64. */
    static final RowLimits DEFAULT = new RowLimits(1 << 18, 1 << 16);

    /** How many chunks a row has. */
    int chunks(int length) {
        return Math.ceilDiv(length, chunk);
    }

    boolean isLong(int length) {
        return length > longest;
    }
}
