package dev.latent.algorithms.wals;

import dev.latent.math.Cholesky;
import dev.latent.math.GatheredRows;
import dev.latent.math.Kernels;
import java.util.Arrays;

/**
 * The exact minimum of a row with fewer liked pairs than coordinates, by a system of the order of its pairs (the identity of
 * Sherman, Morrison and Woodbury; Golub and Van Loan, Matrix Computations, 2.1.4).
 *
 * <p>With S the diagonal {@code α0·FᵀF + penalty·I}, V the n vectors times the roots of their weights and b the targets
 * likewise, {@code x = (S + VᵀV)⁻¹·Vᵀ·b = S⁻¹·Vᵀ·y} where {@code (I + Z·Zᵀ)·y = b} and {@code Z = V·S^(-1/2)}. Its cost is
 * {@code d·n²/2 + n³/6} instead of {@code n·d²/2 + d³/6}. The remaining errors {@code b − V·x} are y itself.
 *
 * <p>Not thread-safe; nothing is allocated for a row.
 */
final class DualRow {

    /** Of the coordinates, the share of pairs up to which this way is the faster one. */
    private static final double LARGEST_SHARE = 0.75;

    /** Below it the normal equations are solved as fast. */
    private static final int SMALLEST_ORDER = 32;

    /** The system's order is a multiple of it, so that vectors are full. */
    private static final int LANES = 8;

    private static final int SMALLEST_SYSTEM = 2 * LANES;

    /** The largest diagonal of Z·Zᵀ with which the errors, small differences then, keep enough digits in float32. */
    private static final float LARGEST_RATIO = 1e4f;

    private final int order;
    private final int capacity;
    private final float[] vectors;
    private final float[] columns;
    private final float[] scales;
    private final float[] system;
    private final float[] errors;
    private final float[] scratch;

    DualRow(int order) {
        this.order = order;
        capacity = order < SMALLEST_ORDER ? 0 : (int) (LARGEST_SHARE * order);
        int largest = systemOrder(capacity);
        vectors = new float[capacity * order];
        columns = new float[largest * order];
        scales = new float[order];
        system = new float[largest * largest];
        errors = new float[largest];
        scratch = new float[Cholesky.scratchLength(largest)];
    }

    private static int systemOrder(int pairs) {
        return Math.max(SMALLEST_SYSTEM, Math.ceilDiv(pairs, LANES) * LANES);
    }

    /** The most floats that are held for rows of {@code order} coordinates. */
    static double floats(double order) {
        double pairs = order < SMALLEST_ORDER ? 0 : LARGEST_SHARE * order + LANES;
        return pairs * (2 * order + pairs);
    }

    /** Whether a row of so many pairs is solved this way. */
    boolean suits(LikedPairs pairs, FixedSide fixed) {
        return pairs.count() <= capacity && fixed.isDiagonal();
    }

    /**
     * Solves a row that {@link #suits}.
     *
     * @return false when float32 does not bear the system; {@code x} is then unspecified
     */
    boolean solve(LikedPairs pairs, FixedSide fixed, float penalty, float[] x) {
        int count = pairs.count();
        int size = systemOrder(count);
        if (!scale(fixed.roundedBase(), penalty)) {
            return false;
        }
        fixed.gather(pairs, 0, count, 0, order, vectors, 0);
        transpose(count, size);
        Arrays.fill(system, 0, size * size, 0f);
        Kernels.gramianAdd(columns, order, size, system);
        System.arraycopy(pairs.targets(), 0, errors, 0, count);
        Arrays.fill(errors, count, size, 0f);
        if (!addIdentity(size) || !Cholesky.solve(system, size, errors, scratch)) {
            return false;
        }
        Arrays.fill(x, 0, order, 0f);
        GatheredRows.addCombination(vectors, 0, count, order, order, errors, 0, x, 0);
        for (int i = 0; i < order; i++) {
            x[i] *= scales[i] * scales[i];
        }
        return true;
    }

    /** Puts S^(-1/2) into {@link #scales}; false when S is not positive. */
    private boolean scale(float[] base, float penalty) {
        float smallest = Float.MAX_VALUE;
        for (int i = 0; i < order; i++) {
            float diagonal = base[i * order + i] + penalty;
            smallest = Math.min(smallest, diagonal);
            scales[i] = (float) (1 / Math.sqrt(diagonal));
        }
        return smallest >= Float.MIN_NORMAL;
    }

    /** Zᵀ, coordinate by coordinate, filled up with zeros to {@code size} pairs. */
    private void transpose(int count, int size) {
        Arrays.fill(columns, 0, size * order, 0f);
        int row = 0;
        for (; row <= count - 4; row += 4) {
            int r0 = row * order;
            int r1 = r0 + order;
            int r2 = r1 + order;
            int r3 = r2 + order;
            int to = row;
            for (int i = 0; i < order; i++) {
                float scale = scales[i];
                columns[to] = vectors[r0 + i] * scale;
                columns[to + 1] = vectors[r1 + i] * scale;
                columns[to + 2] = vectors[r2 + i] * scale;
                columns[to + 3] = vectors[r3 + i] * scale;
                to += size;
            }
        }
        for (; row < count; row++) {
            for (int i = 0; i < order; i++) {
                columns[i * size + row] = vectors[row * order + i] * scales[i];
            }
        }
    }

    private boolean addIdentity(int size) {
        float largest = 0f;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, system[i * size + i]);
            system[i * size + i] += 1f;
        }
        return largest <= LARGEST_RATIO;
    }

    /** ⟨b, y⟩ of the row solved last: its squared error over all pairs and its penalty together. */
    double objective(LikedPairs pairs) {
        double sum = 0;
        for (int i = 0; i < pairs.count(); i++) {
            sum += (double) pairs.targets()[i] * errors[i];
        }
        return sum;
    }
}
