package dev.latent.benchmarks.synthetic;

/** Draws from a discrete distribution by bisection in its running sums. */
final class Cumulative {

    private final double[] sums;

    private Cumulative(double[] sums) {
        this.sums = sums;
    }

    /** Prepares draws of 0 to {@code weights.length - 1} in proportion to the weights. */
    static Cumulative of(double[] weights) {
        double[] sums = new double[weights.length];
        double sum = 0;
        for (int index = 0; index < weights.length; index++) {
            sum += weights[index];
            sums[index] = sum;
        }
        return new Cumulative(sums);
    }

    /** The outcome that belongs to a uniform number in [0, 1). */
    int find(double uniform) {
        double wanted = uniform * sums[sums.length - 1];
        int low = 0;
        int high = sums.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle] > wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
