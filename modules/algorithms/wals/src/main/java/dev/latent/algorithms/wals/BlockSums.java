package dev.latent.algorithms.wals;

/**
 * The sums over the rows of each block, kept apart until all are done and then added in the order of the blocks, so that the
 * total is the same at any number of threads. Float64, since they run over a whole side. Memory is used again by the next
 * side. Different blocks may be put by different threads.
 */
final class BlockSums {

    private static final int PARTS = 3;

    private int count;
    private double[] sums = {};

    /** Makes room for the sums of {@code blocks} blocks, each of which is then to be put. */
    void begin(int blocks) {
        count = blocks;
        if (sums.length < PARTS * blocks) {
            sums = new double[PARTS * blocks];
        }
    }

    /** Overwrites the sums of a block; see {@link LossSums}. */
    void put(int block, double error, double penalty, double weight) {
        sums[PARTS * block] = error;
        sums[PARTS * block + 1] = penalty;
        sums[PARTS * block + 2] = weight;
    }

    LossSums total() {
        double error = 0;
        double penalty = 0;
        double weight = 0;
        for (int block = 0; block < count; block++) {
            error += sums[PARTS * block];
            penalty += sums[PARTS * block + 1];
            weight += sums[PARTS * block + 2];
        }
        return new LossSums(error, penalty, weight);
    }
}
