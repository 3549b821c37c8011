package dev.latent.training.tuning;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A density over the unit cube: one kernel around each of some points, and one that is the same everywhere, all of one
 * weight. Along an ordered dimension a kernel is a normal distribution cut off at the borders; among words it gives most of
 * its weight to its own. Bandwidths follow Scott's rule from a fifth of the range. Immutable.
 */
final class ParzenDensity {

    private static final double FIRST_WIDTH = 0.2;
    private static final double SMALLEST_WIDTH = 0.02;
    private static final double OTHER_WORDS = 0.5;

    private final List<Dimension> dimensions;
    private final List<double[]> points;
    private final double shrinking;

    ParzenDensity(List<Dimension> dimensions, List<double[]> points) {
        this.dimensions = dimensions;
        this.points = List.copyOf(points);
        shrinking = StrictMath.pow(Math.max(1, points.size()), -1.0 / (dimensions.size() + 4));
    }

    double[] draw(SplittableRandom random) {
        int kernel = random.nextInt(points.size() + 1);
        double[] point = new double[dimensions.size()];
        for (int index = 0; index < point.length; index++) {
            point[index] = kernel == points.size()
                    ? random.nextDouble()
                    : near(points.get(kernel)[index], dimensions.get(index), random);
        }
        return point;
    }

    private double near(double centre, Dimension dimension, SplittableRandom random) {
        if (!dimension.isOrdered()) {
            return random.nextDouble() < OTHER_WORDS * shrinking ? random.nextDouble() : centre;
        }
        while (true) {
            double at = centre + width() * random.nextGaussian();
            if (at >= 0 && at < 1) {
                return at;
            }
        }
    }

    private double width() {
        return Math.max(SMALLEST_WIDTH, FIRST_WIDTH * shrinking);
    }

    double logDensity(double[] point) {
        double sum = 1; // the even kernel
        for (double[] centre : points) {
            double product = 1;
            for (int index = 0; index < point.length; index++) {
                product *= kernel(point[index], centre[index], dimensions.get(index));
            }
            sum += product;
        }
        return StrictMath.log(sum / (points.size() + 1));
    }

    private double kernel(double at, double centre, Dimension dimension) {
        if (dimension.isOrdered()) {
            double width = width();
            double inside = normalBelow((1 - centre) / width) - normalBelow(-centre / width);
            double distance = (at - centre) / width;
            return StrictMath.exp(-distance * distance / 2) / (width * StrictMath.sqrt(2 * Math.PI) * inside);
        }
        double others = OTHER_WORDS * shrinking;
        boolean same = dimension.text(at).equals(dimension.text(centre));
        return others + (same ? (1 - others) * dimension.size() : 0);
    }

    /** The normal distribution function, to 7 digits (Abramowitz and Stegun 26.2.17). */
    private static double normalBelow(double x) {
        double t = 1 / (1 + 0.2316419 * Math.abs(x));
        double tail = StrictMath.exp(-x * x / 2)
                / StrictMath.sqrt(2 * Math.PI)
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x < 0 ? tail : 1 - tail;
    }
}
