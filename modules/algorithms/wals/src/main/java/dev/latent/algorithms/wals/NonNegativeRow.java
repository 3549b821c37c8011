package dev.latent.algorithms.wals;

import dev.latent.math.NonNegativeSolver;
import java.util.Arrays;

/**
 * The exact minimum among vectors without negative factors, by {@link NonNegativeSolver} on the row's normal equations from
 * its present vector; a bias is free. Sums of the equations are float32 as in {@link ExactRow}, the descent float64: it
 * adds up many small steps.
 */
final class NonNegativeRow implements RowSolver {

    private final int order;
    private final int factors;
    private final RowSystem system;
    private final double[] matrix;
    private final double[] rightHandSide;
    private final double[] solution;
    private final double[] residual;
    private double error;

    NonNegativeRow(int order, int factors, Runnable cancellation) {
        this.order = order;
        this.factors = factors;
        system = new RowSystem(order, cancellation);
        matrix = new double[order * order];
        rightHandSide = new double[order];
        solution = new double[order];
        residual = new double[order];
    }

    @Override
    public boolean solve(LikedPairs pairs, FixedSide fixed, double penalty, float[] x) {
        system.begin();
        system.add(pairs, fixed);
        System.arraycopy(fixed.base(), 0, matrix, 0, matrix.length);
        Arrays.fill(rightHandSide, 0);
        system.addTo(matrix, rightHandSide);
        for (int i = 0; i < order; i++) {
            solution[i] = x[i];
            matrix[i * order + i] += penalty;
            for (int j = 0; j < i; j++) {
                matrix[i * order + j] = matrix[j * order + i];
            }
        }
        if (!NonNegativeSolver.improve(matrix, order, factors, rightHandSide, solution, residual)) {
            return false;
        }
        double explained = 0;
        double squaredNorm = 0;
        for (int i = 0; i < order; i++) {
            x[i] = (float) solution[i];
            explained += solution[i] * (rightHandSide[i] + residual[i]);
            squaredNorm += solution[i] * solution[i];
        }
        error = pairs.squaredTargets() - explained - penalty * squaredNorm;
        return true;
    }

    @Override
    public double error() {
        return error;
    }

    @Override
    public boolean countsUnobserved() {
        return true;
    }
}
