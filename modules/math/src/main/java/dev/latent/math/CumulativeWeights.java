package dev.latent.math;

/** Draws places in proportion to their weights, each in {@code log n}. Immutable and thread-safe. */
public final class CumulativeWeights {

    private final double[] ends;

    /**
     * Adds the weights up.
     *
     * @param weights at least one, each at least 0 and finite; unchanged
     */
    public CumulativeWeights(double[] weights) {
        ends = new double[weights.length];
        double sum = 0;
        for (int place = 0; place < ends.length; place++) {
            sum += weights[place];
            ends[place] = sum;
        }
    }

    /**
     * Returns what all weights come to.
     *
     * @return 0 when there is nothing to draw
     */
    public double sum() {
        return ends[ends.length - 1];
    }

    /**
     * Draws a place.
     *
     * @param random gives one number
     * @return from 0, of a weight above 0 unless all are 0
     */
    public int draw(SeededRandom random) {
        double wanted = random.nextDouble() * sum();
        int low = 0;
        int high = ends.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
