package dev.latent.algorithms.wals;

import java.util.Arrays;

/**
 * The normal equations of one row in float64, for the rare row that float32 finds not positive definite. Not thread-safe;
 * nothing is allocated for a row.
 */
final class PreciseRow {

    private static final int CANCELLATION_INTERVAL = 1 << 12;

    private final Runnable cancellation;
    private final int factors;
    private final int order;
    private final PreciseSystem equations;
    private final double[] vector;

    PreciseRow(Objective objective, int factors, Runnable cancellation) {
        this.cancellation = cancellation;
        this.factors = factors;
        order = objective.order(factors);
        equations = new PreciseSystem(objective, factors);
        vector = new double[order];
    }

    /**
     * Solves a row.
     *
     * @param x overwritten by the solution
     * @return false when the system is singular; {@code x} is then as it was
     */
    boolean solve(LikedPairs pairs, FixedSide fixed, double penalty, float[] x) {
        equations.begin(fixed.base());
        for (int pair = 0; pair < pairs.count(); pair++) {
            add(pairs, fixed, pair);
            if (pair % CANCELLATION_INTERVAL == 0) {
                cancellation.run();
            }
        }
        if (!equations.solve(penalty)) {
            return false;
        }
        for (int i = 0; i < order; i++) {
            x[i] = (float) equations.solution()[i];
        }
        return true;
    }

    /** Adds to the upper triangle and to the right-hand side. */
    private void add(LikedPairs pairs, FixedSide fixed, int pair) {
        double root = pairs.roots()[pair];
        for (int i = 0; i < factors; i++) {
            vector[i] = root * fixed.factors().get(pairs.columns()[pair], i);
        }
        Arrays.fill(vector, factors, order, root);
        double[] matrix = equations.matrix();
        double[] rightHandSide = equations.rightHandSide();
        for (int i = 0; i < order; i++) {
            rightHandSide[i] += vector[i] * pairs.targets()[pair];
            for (int j = i; j < order; j++) {
                matrix[i * order + j] += vector[i] * vector[j];
            }
        }
    }
}
