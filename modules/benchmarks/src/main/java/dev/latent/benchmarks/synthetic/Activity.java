package dev.latent.benchmarks.synthetic;

import dev.latent.math.SeededRandom;

/**
 * How many interactions users have: lognormal, clipped, and scaled so that the sum is the wanted one.
 *
 * @param total wanted sum
 * @param median of the lognormal before scaling
 * @param sigma of its logarithm
 * @param low least count
 * @param high greatest count
 */
record Activity(long total, double median, double sigma, int low, int high) {

    private static final int SCALING_STEPS = 60;

    /** One count a user; they add up to {@code total} but for rounding. */
    int[] draw(int users, SeededRandom random) {
        double[] sizes = new double[users];
        for (int user = 0; user < users; user++) {
            sizes[user] = median * StrictMath.exp(sigma * random.nextGaussian());
        }
        double scale = 1;
        for (int step = 0; step < SCALING_STEPS; step++) {
            double sum = 0;
            for (double size : sizes) {
                sum += Math.clamp(size * scale, low, high);
            }
            scale *= total / sum;
        }
        int[] counts = new int[users];
        for (int user = 0; user < users; user++) {
            counts[user] = (int) Math.clamp(Math.rint(sizes[user] * scale), low, high);
        }
        return counts;
    }
}
