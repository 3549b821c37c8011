package dev.latent.benchmarks.synthetic;

import dev.latent.math.SeededRandom;

/**
 * How often items are chosen: Zipf and Mandelbrot's law {@code (rank + q)^-a}, ranks dealt out to the items at random.
 *
 * @param exponent a
 * @param shift q
 */
record Popularity(double exponent, double shift) {

    /** One share an item; they add up to 1. */
    double[] draw(int items, SeededRandom random) {
        double[] shares = new double[items];
        int[] order = new int[items];
        double sum = 0;
        for (int rank = 0; rank < items; rank++) {
            order[rank] = rank;
            shares[rank] = StrictMath.pow(rank + 1 + shift, -exponent);
            sum += shares[rank];
        }
        random.shuffle(order);
        double[] dealt = new double[items];
        for (int item = 0; item < items; item++) {
            dealt[item] = shares[order[item]] / sum;
        }
        return dealt;
    }
}
