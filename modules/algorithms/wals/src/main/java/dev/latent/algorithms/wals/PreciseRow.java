package dev.latent.algorithms.wals;

import dev.latent.math.DenseSolver;
import dev.latent.spi.SparseRows;
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
        order = objective.order(factors);
    }

    /** Returns the solution, or empty when the system is singular. */
    Optional<double[]> findSolution(SparseRows interactions, int row, double penalty) {
        double[] system = fixed.base().clone();
        double[] rightHandSide = new double[order];
        double[] vector = new double[order];
        for (long position = interactions.start(row); position < interactions.end(row); position++) {
            if (interactions.value(position) >= objective.minimumValue()) {
                add(interactions.index(position), interactions.value(position), vector, system, rightHandSide);
            }
            if (position % CANCELLATION_INTERVAL == 0) {
                cancellation.run();
            }
        }
        for (int i = 0; i < order; i++) {
            system[i * order + i] += penalty;
        }
        return DenseSolver.findSolution(system, order, rightHandSide);
    }

    private void add(int column, float value, double[] vector, double[] system, double[] rightHandSide) {
        for (int i = 0; i < factors; i++) {
            vector[i] = fixed.factors().get(column, i);
        }
        if (order > factors) {
            vector[factors] = 1;
        }
        double weight = objective.confidence(value);
        double target = fixed.target(column, value);
        for (int i = 0; i < order; i++) {
            double scaled = weight * vector[i];
            rightHandSide[i] += scaled * target;
            for (int j = 0; j < order; j++) {
                system[i * order + j] += scaled * vector[j];
            }
        }
    }
}
