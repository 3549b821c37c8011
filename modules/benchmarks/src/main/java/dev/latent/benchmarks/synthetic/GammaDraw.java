package dev.latent.benchmarks.synthetic;

import dev.latent.math.SeededRandom;

/**
 * Draws from the gamma distribution of scale 1 (Marsaglia and Tsang, "A simple method for generating gamma variables", ACM
 * TOMS 26, 2000); shapes below 1 by their section 6, {@code Γ(a) = Γ(a + 1)·U^(1/a)}.
 */
final class GammaDraw {

    private GammaDraw() {}

    static double next(double shape, SeededRandom random) {
        if (shape < 1) {
            return next(shape + 1, random) * StrictMath.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
            if (v > 0 && StrictMath.log(1 - random.nextDouble()) < x * x / 2 + d * (1 - v + StrictMath.log(v))) {
                return d * v;
            }
        }
    }
}
