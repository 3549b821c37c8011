package dev.latent.algorithms.wals;

import dev.latent.math.DenseSolver;
import dev.latent.math.NonNegativeSolver;
import java.util.Optional;

/** The normal equations of one row in float64, for the rare row that float32 finds not positive definite. */
final class PreciseRow {

    private static final int CANCELLATION_INTERVAL = 1 << 12;

    private final Objective objective;
    private final FixedSide fixed;
    private final Runnable cancellation;
    private final int factors;
    private final int order;

    PreciseRow(Objective objective, FixedSide fixed, Runnable cancellation) {
        this.objective = objective;
        this.fixed = fixed;
        this.cancellation = cancellation;
        factors = fixed.factors().columns();
        order = fixed.order();
    }

    /** Returns the solution, or empty when the system is singular. */
    Optional<double[]> findSolution(LikedPairs pairs, double penalty) {
        double[] system = fixed.base().clone();
        double[] rightHandSide = new double[order];
        double[] vector = new double[order];
        for (int pair = 0; pair < pairs.count(); pair++) {
            add(pairs, pair, vector, system, rightHandSide);
            if (pair % CANCELLATION_INTERVAL == 0) {
                cancellation.run();
            }
        }
        for (int i = 0; i < order; i++) {
            system[i * order + i] += penalty;
        }
        return objective.pairWeights().nonNegative()
                ? NonNegativeSolver.findSolution(system, order, factors, rightHandSide)
                : DenseSolver.findSolution(system, order, rightHandSide);
    }

    private void add(LikedPairs pairs, int pair, double[] vector, double[] system, double[] rightHandSide) {
        double root = pairs.roots()[pair];
        for (int i = 0; i < factors; i++) {
            vector[i] = root * fixed.factors().get(pairs.columns()[pair], i);
        }
        if (order > factors) {
            vector[factors] = root;
        }
        for (int i = 0; i < order; i++) {
            rightHandSide[i] += vector[i] * pairs.targets()[pair];
            for (int j = 0; j < order; j++) {
                system[i * order + j] += vector[i] * vector[j];
            }
        }
    }
}
