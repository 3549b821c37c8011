package dev.latent.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Right-looking Cholesky A = UᵀU at 256 bits, four pivots at a time, with the forward substitution carried along.
 *
 * <p>A step factorises four pivot rows, then subtracts their four outer products from the rows below, two at a time: eight
 * multiply-adds for six loads, and no horizontal sum. Columns are cut into vectors from the right edge; the leftmost may
 * reach below the diagonal, which is never read. The right-hand side is one more row, so it leaves the loop as y = U⁻ᵀb.
 */
final class VectorCholesky {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final int LANES = SPECIES.length();
    private static final int PIVOTS = 4;

    /** The smallest order this class handles. */
    static final int MIN_RANK = LANES;

    private VectorCholesky() {}

    static boolean solve(float[] a, int rank, float[] b) {
        int k = 0;
        for (; k <= rank - PIVOTS; k += PIVOTS) {
            if (!factorisePivots(a, rank, b, k, PIVOTS)) {
                return false;
            }
            int i = k + PIVOTS;
            for (; i <= rank - 2; i += 2) {
                updatePair(a, rank, k, i);
            }
            if (i < rank) {
                updateCorner(a, rank, k);
            }
            updateRightHandSide(a, rank, b, k);
        }
        if (!factorisePivots(a, rank, b, k, rank - k)) {
            return false;
        }
        substituteBack(a, rank, b);
        return true;
    }

    /** Turns the rows k to k+count-1, already free of earlier pivots, into rows of U, and b alike. */
    private static boolean factorisePivots(float[] a, int rank, float[] b, int k, int count) {
        for (int row = k; row < k + count; row++) {
            for (int above = k; above < row; above++) {
                float factor = -a[above * rank + row];
                addScaled(a, rank, above, row, factor);
                b[row] = Math.fma(factor, b[above], b[row]);
            }
            float pivot = a[row * rank + row];
            if (!(pivot > 0f && pivot <= Float.MAX_VALUE)) {
                return false;
            }
            float inverse = (float) (1.0 / Math.sqrt(pivot));
            scale(a, rank, row, inverse);
            b[row] *= inverse;
        }
        return true;
    }

    /** Row {@code row} += factor · row {@code above}, from the diagonal on. */
    private static void addScaled(float[] a, int rank, int above, int row, float factor) {
        int source = above * rank;
        int target = row * rank;
        int j = rank - LANES;
        for (; j >= 0 && j > row - LANES; j -= LANES) {
            vector(a, source + j)
                    .fma(FloatVector.broadcast(SPECIES, factor), vector(a, target + j))
                    .intoArray(a, target + j);
        }
        for (int column = row; column < j + LANES; column++) {
            a[target + column] = Math.fma(factor, a[source + column], a[target + column]);
        }
    }

    private static void scale(float[] a, int rank, int row, float factor) {
        int target = row * rank;
        int j = rank - LANES;
        for (; j >= 0 && j > row - LANES; j -= LANES) {
            vector(a, target + j).mul(factor).intoArray(a, target + j);
        }
        for (int column = row; column < j + LANES; column++) {
            a[target + column] *= factor;
        }
    }

    /** Subtracts the four pivots' products from the rows i and i+1. */
    private static void updatePair(float[] a, int rank, int k, int i) {
        int p0 = k * rank;
        int p1 = p0 + rank;
        int p2 = p1 + rank;
        int p3 = p2 + rank;
        int x = i * rank;
        int y = x + rank;
        FloatVector x0 = FloatVector.broadcast(SPECIES, -a[p0 + i]);
        FloatVector x1 = FloatVector.broadcast(SPECIES, -a[p1 + i]);
        FloatVector x2 = FloatVector.broadcast(SPECIES, -a[p2 + i]);
        FloatVector x3 = FloatVector.broadcast(SPECIES, -a[p3 + i]);
        FloatVector y0 = FloatVector.broadcast(SPECIES, -a[p0 + i + 1]);
        FloatVector y1 = FloatVector.broadcast(SPECIES, -a[p1 + i + 1]);
        FloatVector y2 = FloatVector.broadcast(SPECIES, -a[p2 + i + 1]);
        FloatVector y3 = FloatVector.broadcast(SPECIES, -a[p3 + i + 1]);
        int j = rank - LANES;
        for (; j >= 0 && j > i - LANES; j -= LANES) {
            FloatVector v0 = vector(a, p0 + j);
            FloatVector v1 = vector(a, p1 + j);
            FloatVector v2 = vector(a, p2 + j);
            FloatVector v3 = vector(a, p3 + j);
            v0.fma(x0, v1.fma(x1, v2.fma(x2, v3.fma(x3, vector(a, x + j))))).intoArray(a, x + j);
            v0.fma(y0, v1.fma(y1, v2.fma(y2, v3.fma(y3, vector(a, y + j))))).intoArray(a, y + j);
        }
        for (int column = i; column < j + LANES; column++) {
            a[x + column] -= product(a, p0, rank, i, column);
            a[y + column] -= product(a, p0, rank, i + 1, column);
        }
    }

    /** The last diagonal element, when it has no partner row. */
    private static void updateCorner(float[] a, int rank, int k) {
        a[rank * rank - 1] -= product(a, k * rank, rank, rank - 1, rank - 1);
    }

    /** Σ over the four pivot rows, the first of which begins at {@code pivot}, of element i times element j. */
    private static float product(float[] a, int pivot, int rank, int i, int j) {
        int p1 = pivot + rank;
        int p2 = p1 + rank;
        int p3 = p2 + rank;
        return a[pivot + i] * a[pivot + j] + a[p1 + i] * a[p1 + j] + a[p2 + i] * a[p2 + j] + a[p3 + i] * a[p3 + j];
    }

    private static void updateRightHandSide(float[] a, int rank, float[] b, int k) {
        int p0 = k * rank;
        int p1 = p0 + rank;
        int p2 = p1 + rank;
        int p3 = p2 + rank;
        int j = k + PIVOTS;
        for (; j <= rank - LANES; j += LANES) {
            vector(a, p0 + j)
                    .fma(
                            FloatVector.broadcast(SPECIES, -b[k]),
                            vector(a, p1 + j)
                                    .fma(
                                            FloatVector.broadcast(SPECIES, -b[k + 1]),
                                            vector(a, p2 + j)
                                                    .fma(
                                                            FloatVector.broadcast(SPECIES, -b[k + 2]),
                                                            vector(a, p3 + j)
                                                                    .fma(
                                                                            FloatVector.broadcast(SPECIES, -b[k + 3]),
                                                                            vector(b, j)))))
                    .intoArray(b, j);
        }
        for (; j < rank; j++) {
            b[j] -= a[p0 + j] * b[k] + a[p1 + j] * b[k + 1] + a[p2 + j] * b[k + 2] + a[p3 + j] * b[k + 3];
        }
    }

    /** Solves Ux = y: four rows at a time take their products with the known part of x, then the small triangle. */
    private static void substituteBack(float[] u, int rank, float[] x) {
        int end = rank;
        for (; end >= PIVOTS; end -= PIVOTS) {
            subtractKnown(u, rank, x, end);
            solveTriangle(u, rank, x, end - PIVOTS, end);
        }
        for (int i = end - 1; i >= 0; i--) {
            for (int j = end; j < rank; j++) {
                x[i] -= u[i * rank + j] * x[j];
            }
        }
        solveTriangle(u, rank, x, 0, end);
    }

    private static void subtractKnown(float[] u, int rank, float[] x, int end) {
        int r0 = (end - PIVOTS) * rank;
        int r1 = r0 + rank;
        int r2 = r1 + rank;
        int r3 = r2 + rank;
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int j = end;
        for (; j <= rank - LANES; j += LANES) {
            FloatVector v = vector(x, j);
            s0 = vector(u, r0 + j).fma(v, s0);
            s1 = vector(u, r1 + j).fma(v, s1);
            s2 = vector(u, r2 + j).fma(v, s2);
            s3 = vector(u, r3 + j).fma(v, s3);
        }
        x[end - 4] -= LaneSum.of(s0);
        x[end - 3] -= LaneSum.of(s1);
        x[end - 2] -= LaneSum.of(s2);
        x[end - 1] -= LaneSum.of(s3);
        for (; j < rank; j++) {
            x[end - 4] -= u[r0 + j] * x[j];
            x[end - 3] -= u[r1 + j] * x[j];
            x[end - 2] -= u[r2 + j] * x[j];
            x[end - 1] -= u[r3 + j] * x[j];
        }
    }

    private static void solveTriangle(float[] u, int rank, float[] x, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            float known = x[i];
            for (int j = i + 1; j < to; j++) {
                known -= u[i * rank + j] * x[j];
            }
            x[i] = known / u[i * rank + i];
        }
    }

    private static FloatVector vector(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }
}
