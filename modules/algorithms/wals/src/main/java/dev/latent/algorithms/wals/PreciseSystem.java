package dev.latent.algorithms.wals;

import dev.latent.math.DenseSolver;
import dev.latent.math.NonNegativeSolver;
import java.util.Arrays;

/** Normal equations in float64, summed by whoever fills them and solved in place. Not thread-safe; nothing is allocated for a row. */
final class PreciseSystem {

    private final boolean nonNegative;
    private final int factors;
    private final int order;
    private final double[] matrix;
    private final double[] rightHandSide;
    private final double[] solution;
    private final double[] residual;

    PreciseSystem(Objective objective, int factors) {
        this.nonNegative = objective.pairWeights().nonNegative();
        this.factors = factors;
        order = objective.order(factors);
        matrix = new double[order * order];
        rightHandSide = new double[order];
        solution = new double[order];
        residual = new double[order];
    }

    /** Starts from {@code base}, and a right-hand side of zeros. */
    void begin(double[] base) {
        System.arraycopy(base, 0, matrix, 0, matrix.length);
        Arrays.fill(rightHandSide, 0);
    }

    /** The matrix, order×order, to be added to: of which the upper triangle counts. Lost when it is solved. */
    double[] matrix() {
        return matrix;
    }

    /** What the right-hand side is added to; left as it is when solved. */
    double[] rightHandSide() {
        return rightHandSide;
    }

    /**
     * Adds {@code penalty} to the diagonal and solves into {@link #solution}.
     *
     * @return false when the system is singular or not finite
     */
    boolean solve(double penalty) {
        for (int i = 0; i < order; i++) {
            matrix[i * order + i] += penalty;
            for (int j = 0; j < i; j++) {
                matrix[i * order + j] = matrix[j * order + i];
            }
        }
        if (nonNegative) {
            Arrays.fill(solution, 0);
            return NonNegativeSolver.improve(matrix, order, factors, rightHandSide, solution, residual);
        }
        System.arraycopy(rightHandSide, 0, solution, 0, order);
        return DenseSolver.solveInPlace(matrix, order, solution);
    }

    double[] solution() {
        return solution;
    }
}
