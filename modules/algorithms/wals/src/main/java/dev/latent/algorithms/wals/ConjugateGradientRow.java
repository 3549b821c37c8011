package dev.latent.algorithms.wals;

import dev.latent.math.GatheredRows;
import dev.latent.math.Kernels;
import java.util.Arrays;

/**
 * A few steps of conjugate gradients on the row's normal equations from its present vector (Takács, Pilászy, Tikk,
 * "Applications of the conjugate gradient method for implicit feedback collaborative filtering", RecSys 2011). The system
 * {@code A = α0·FᵀF + Σ g·gᵀ + penalty·I}, g the vectors of the liked pairs times the roots of their weights, is never
 * formed: a step costs 4 operations for each element of g and 2 for each of the Gramian.
 *
 * <p>The errors {@code e = root·t − ⟨g, x⟩} are carried along, so {@code Σ e²}, the observed part of the loss, is at hand.
 */
final class ConjugateGradientRow implements RowSolver {

    /** Below it a squared residual is taken for 0. */
    private static final float NOTHING = 1e-20f;

    private final int order;
    private final int steps;
    private final boolean hasBase;
    private final RowCache rows;
    private final float[] errors;
    private final float[] products;
    private final float[] residual;
    private final float[] direction;
    private final float[] image;
    private double error;

    ConjugateGradientRow(int order, int steps, boolean hasBase, int capacity) {
        this.order = order;
        this.steps = steps;
        this.hasBase = hasBase;
        rows = new RowCache(order, order, capacity);
        errors = new float[capacity];
        products = new float[capacity];
        residual = new float[order];
        direction = new float[order];
        image = new float[order];
    }

    @Override
    public boolean solve(LikedPairs pairs, FixedSide fixed, double penalty, float[] x) {
        int count = pairs.count();
        rows.begin(pairs, fixed);
        start(pairs, fixed, (float) penalty, x);
        System.arraycopy(residual, 0, direction, 0, order);
        float squared = Kernels.dot(residual, 0, residual, 0, order);
        for (int step = 1; step <= steps && squared > NOTHING; step++) {
            multiply(pairs, fixed, (float) penalty);
            float curvature = Kernels.dot(direction, 0, image, 0, order);
            if (!(curvature > 0f && curvature <= Float.MAX_VALUE)) {
                return false;
            }
            float length = squared / curvature;
            Kernels.axpy(length, direction, 0, x, 0, order);
            Kernels.axpy(-length, products, 0, errors, 0, count);
            Kernels.axpy(-length, image, 0, residual, 0, order);
            float next = Kernels.dot(residual, 0, residual, 0, order);
            turn(next / squared);
            squared = next;
        }
        error = squaredErrors(count);
        return !Float.isNaN(squared);
    }

    /** Errors and residual {@code b − A·x} at x, in one pass over the rows. */
    private void start(LikedPairs pairs, FixedSide fixed, float penalty, float[] x) {
        Arrays.fill(residual, 0f);
        int step = rows.pieceRows(0);
        for (int first = 0; first < pairs.count(); first += step) {
            int count = Math.min(step, pairs.count() - first);
            int offset = rows.piece(pairs, fixed, 0, first, count);
            Arrays.fill(errors, first, first + count, 0f);
            GatheredRows.addProducts(rows.floats(), offset, count, order, order, x, 0, errors, first);
            for (int i = first; i < first + count; i++) {
                errors[i] = pairs.targets()[i] - errors[i];
            }
            GatheredRows.addCombination(rows.floats(), offset, count, order, order, errors, first, residual, 0);
        }
        Arrays.fill(image, 0f);
        addBase(fixed, penalty, x);
        Kernels.axpy(-1f, image, 0, residual, 0, order);
    }

    /** {@code image = A·direction}, and the products of the rows with the direction. */
    private void multiply(LikedPairs pairs, FixedSide fixed, float penalty) {
        Arrays.fill(image, 0f);
        int step = rows.pieceRows(0);
        for (int first = 0; first < pairs.count(); first += step) {
            int count = Math.min(step, pairs.count() - first);
            int offset = rows.piece(pairs, fixed, 0, first, count);
            Arrays.fill(products, first, first + count, 0f);
            GatheredRows.addProducts(rows.floats(), offset, count, order, order, direction, 0, products, first);
            GatheredRows.addCombination(rows.floats(), offset, count, order, order, products, first, image, 0);
        }
        addBase(fixed, penalty, direction);
    }

    private void addBase(FixedSide fixed, float penalty, float[] vector) {
        Kernels.axpy(penalty, vector, 0, image, 0, order);
        if (hasBase) {
            GatheredRows.addCombination(fixed.roundedBase(), 0, order, order, order, vector, 0, image, 0);
        }
    }

    /** {@code direction = residual + factor·direction}. */
    private void turn(float factor) {
        for (int i = 0; i < order; i++) {
            direction[i] = residual[i] + factor * direction[i];
        }
    }

    private double squaredErrors(int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (double) errors[i] * errors[i];
        }
        return sum;
    }

    @Override
    public double error() {
        return error;
    }

    @Override
    public boolean countsUnobserved() {
        return false;
    }
}
