package dev.latent.algorithms.wals;

import dev.latent.math.Cholesky;
import dev.latent.math.GatheredRows;
import dev.latent.math.Kernels;
import java.util.Arrays;

/**
 * The normal equations of one row, built from blocks of gathered rows of the other side and solved in place. Storage and
 * arithmetic are float32; a row with more than {@value #SPILL_ROWS} interactions adds its sums up in float64, since a
 * float32 sum of very many like terms loses digits. One for each worker: nothing is allocated for a row, but once for
 * the first long one. Not thread-safe.
 */
final class RowSystem {

    /** Gathered floats, 24 KiB: a block that the Gramian kernel reads again and again from a first-level cache of 32 KiB. */
    private static final int BLOCK_FLOATS = 6 << 10;

    private static final int MINIMUM_BLOCK_ROWS = 32;
    private static final int SPILL_ROWS = 1 << 12;

    private final int order;
    private final int capacity;
    private final Runnable cancellation;
    private final float[] gathered;
    private final float[] system;
    private final float[] rightHandSide;
    private final float[] scratch;
    private double[] longSystem = {};
    private double[] longRightHandSide = {};
    private int added;
    private boolean isLong;

    /** A workspace; {@code cancellation} is run from time to time inside a long row, and throws to end the run. */
    RowSystem(int order, Runnable cancellation) {
        this.order = order;
        this.cancellation = cancellation;
        capacity = Math.clamp(BLOCK_FLOATS / order, MINIMUM_BLOCK_ROWS, SPILL_ROWS);
        gathered = new float[capacity * order];
        system = new float[order * order];
        rightHandSide = new float[order];
        scratch = new float[Cholesky.scratchLength(order)];
    }

    /** Starts from {@code base}, of which the upper triangle counts. */
    void begin(float[] base) {
        System.arraycopy(base, 0, system, 0, system.length);
        Arrays.fill(rightHandSide, 0f);
        added = 0;
        isLong = false;
    }

    /** Starts from zeros. */
    void begin() {
        Arrays.fill(system, 0f);
        Arrays.fill(rightHandSide, 0f);
        added = 0;
        isLong = false;
    }

    /** Adds the liked pairs of a row, or of a part of it. */
    void add(LikedPairs pairs, FixedSide fixed) {
        for (int from = 0; from < pairs.count(); from += capacity) {
            int count = Math.min(capacity, pairs.count() - from);
            fixed.gather(pairs, from, count, 0, order, gathered, 0);
            Kernels.gramianAdd(gathered, count, order, system);
            GatheredRows.addCombination(gathered, 0, count, order, order, pairs.targets(), from, rightHandSide, 0);
            added += count;
            if (added >= SPILL_ROWS) {
                spill();
                cancellation.run();
            }
        }
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

    /** Adds what has been summed since {@link #begin} to sums in float64, of which the upper triangle counts. */
    void addTo(double[] systemSum, double[] rightHandSideSum) {
        spill();
        for (int i = 0; i < systemSum.length; i++) {
            systemSum[i] += longSystem[i];
        }
        for (int i = 0; i < order; i++) {
            rightHandSideSum[i] += longRightHandSide[i];
        }
    }

    /**
     * Adds {@code penalty} to the diagonal and solves into {@code x}; {@link #rightHandSide} then holds that.
     *
     * @return false when the system is not positive definite in float32
     */
    boolean solve(float penalty, float[] x) {
        if (isLong) {
            spill();
            round(longSystem, system);
            round(longRightHandSide, rightHandSide);
        }
        for (int i = 0; i < order; i++) {
            system[i * order + i] += penalty;
        }
        System.arraycopy(rightHandSide, 0, x, 0, order);
        return Cholesky.solve(system, order, x, scratch);
    }

    private static void round(double[] source, float[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) source[i];
        }
    }

    float[] rightHandSide() {
        return rightHandSide;
    }
}
