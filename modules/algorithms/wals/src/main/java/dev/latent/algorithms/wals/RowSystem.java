package dev.latent.algorithms.wals;

import dev.latent.math.Cholesky;
import dev.latent.math.Kernels;
import java.util.Arrays;

/**
 * The normal equations of one row, built from blocks of gathered rows of the other side and solved in place. Storage and
 * arithmetic are float32; a row with more than {@value #SPILL_ROWS} interactions adds its sums up in float64, since a
 * float32 sum of very many like terms loses digits. One for each worker: nothing is allocated for a row, but once for
 * the first long one. Not thread-safe.
 */
final class RowSystem {

    /** Gathered floats, for a block that the Gramian kernel reads again and again from the nearest caches. */
    private static final int BLOCK_FLOATS = 1 << 14;

    private static final int MINIMUM_BLOCK_ROWS = 32;
    private static final int SPILL_ROWS = 1 << 12;

    private final int order;
    private final int capacity;
    private final float[] gathered;
    private final float[] system;
    private final float[] rightHandSide;
    private final float[] solution;
    private double[] longSystem = {};
    private double[] longRightHandSide = {};
    private int pending;
    private int added;
    private boolean isLong;

    RowSystem(int order) {
        this.order = order;
        capacity = Math.max(MINIMUM_BLOCK_ROWS, BLOCK_FLOATS / order);
        gathered = new float[capacity * order];
        system = new float[order * order];
        rightHandSide = new float[order];
        solution = new float[order];
    }

    /** Starts from {@code base}, of which the upper triangle counts. */
    void begin(float[] base) {
        System.arraycopy(base, 0, system, 0, system.length);
        Arrays.fill(rightHandSide, 0f);
        pending = 0;
        added = 0;
        isLong = false;
    }

    /** Returns the array into which the next row is to be put, at {@link #nextOffset}. */
    float[] buffer() {
        return gathered;
    }

    int nextOffset() {
        return pending * order;
    }

    /**
     * Adds the row that was put into the buffer, already multiplied by the root of its weight.
     *
     * @param target multiplied by the root of the weight as well
     * @return whether a chunk of a long row is complete: a moment to look for cancellation
     */
    boolean add(float target) {
        Kernels.axpy(target, gathered, pending * order, rightHandSide, 0, order);
        if (++pending == capacity) {
            flush();
        }
        if (++added < SPILL_ROWS) {
            return false;
        }
        flush();
        spill();
        return true;
    }

    private void flush() {
        Kernels.gramianAdd(gathered, pending, order, system);
        pending = 0;
    }

    private void spill() {
        if (longSystem.length == 0) {
            longSystem = new double[order * order];
            longRightHandSide = new double[order];
        }
        if (!isLong) {
            Arrays.fill(longSystem, 0);
            Arrays.fill(longRightHandSide, 0);
        }
        addAndClear(system, longSystem);
        addAndClear(rightHandSide, longRightHandSide);
        added = 0;
        isLong = true;
    }

    private static void addAndClear(float[] source, double[] target) {
        for (int i = 0; i < source.length; i++) {
            target[i] += source[i];
            source[i] = 0f;
        }
    }

    /**
     * Adds {@code penalty} to the diagonal and solves; {@link #solution} and {@link #rightHandSide} then hold the result.
     *
     * @return false when the system is not positive definite in float32
     */
    boolean solve(float penalty) {
        flush();
        if (isLong) {
            spill();
            round(longSystem, system);
            round(longRightHandSide, rightHandSide);
        }
        for (int i = 0; i < order; i++) {
            system[i * order + i] += penalty;
        }
        System.arraycopy(rightHandSide, 0, solution, 0, order);
        return Cholesky.solve(system, order, solution);
    }

    private static void round(double[] source, float[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) source[i];
        }
    }

    float[] solution() {
        return solution;
    }

    float[] rightHandSide() {
        return rightHandSide;
    }
}
