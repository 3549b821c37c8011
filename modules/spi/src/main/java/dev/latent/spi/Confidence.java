package dev.latent.spi;

/** How the weight of an observed interaction follows from its value (Hu, Koren, Volinsky 2008, eq. 2 and section 6). */
public sealed interface Confidence {

    /**
     * Returns the weight of an interaction.
     *
     * @param value of the interaction; below 0 it counts as 0
     * @return at least 1
     */
    double weight(double value);

    /**
     * {@code 1 + α·value}; with α = 0 every interaction weighs 1.
     *
     * @param alpha at least 0
     */
    record Linear(double alpha) implements Confidence {

        /** Checks the range. */
        public Linear {
            if (!(alpha >= 0)) {
                throw new IllegalArgumentException("Confidence needs an alpha of at least 0, got " + alpha);
            }
        }

        @Override
        public double weight(double value) {
            return 1 + alpha * Math.max(0, value);
        }
    }

    /**
     * {@code 1 + α·ln(1 + value/ε)}, for values such as play counts that span magnitudes.
     *
     * @param alpha at least 0
     * @param epsilon above 0
     */
    record Logarithmic(double alpha, double epsilon) implements Confidence {

        /** Checks the ranges. */
        public Logarithmic {
            if (!(alpha >= 0) || !(epsilon > 0)) {
                throw new IllegalArgumentException(
                        "Confidence needs an alpha of at least 0 and an epsilon above 0, got " + alpha + ", "
                                + epsilon);
            }
        }

        @Override
        public double weight(double value) {
            return 1 + alpha * StrictMath.log1p(Math.max(0, value) / epsilon);
        }
    }
}
