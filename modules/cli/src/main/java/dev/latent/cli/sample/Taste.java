package dev.latent.cli.sample;

/**
 * A point on the two axes of taste.
 *
 * @param audience from -1, for children, to 1, for adults
 * @param pace from -1, quiet, to 1, loud
 */
record Taste(double audience, double pace) {

    private static final double WIDTH = 0.4;

    /** How well something placed there suits this taste: 1 at the same point, towards 0 far away. */
    double affinity(Taste other) {
        double dx = audience - other.audience;
        double dy = pace - other.pace;
        // StrictMath gives the same bits on every machine, so that the sample is the same everywhere.
        return StrictMath.exp(-(dx * dx + dy * dy) / (2 * WIDTH * WIDTH));
    }
}
