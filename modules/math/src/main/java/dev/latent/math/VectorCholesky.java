package dev.latent.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Left-looking Cholesky A = UᵀU, four rows at a time, with the forward substitution carried along.
 *
 * <p>What the rows above take from four rows is a Gramian of the rows above, so the tiles of {@link Gramian512} or
 * {@link Gramian256} sum it in registers: a trailing matrix is never loaded and stored again and again. Then the four
 * rows are divided by their own small triangle. The diagonal keeps the inverses of U's, so that the substitutions
 * multiply. Columns are cut into vectors from the right edge; the leftmost may reach below the diagonal, which is never
 * read. These passes run at 256 bits, bound by loads and by the chain from pivot to pivot.
 */
final class VectorCholesky {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final int LANES = SPECIES.length();
    static final int PIVOTS = 4;

    /** Numbers of a factorised triangle, kept behind the four rows of scratch. */
    static final int TRIANGLE = 10;

    /** The smallest order this class handles. */
    static final int MIN_RANK = LANES;

    private VectorCholesky() {}

    /** {@code wide} asks for 512 bits; {@code scratch} holds four rows and a triangle. */
    static boolean solve(float[] a, int rank, float[] b, float[] scratch, boolean wide) {
        boolean tiles512 = wide && rank >= Gramian512.LANES;
        int k = 0;
        for (; k <= rank - PIVOTS; k += PIVOTS) {
            clear(scratch, PIVOTS * rank);
            if (tiles512) {
                Gramian512.addGroup(a, a, 0, k * rank, rank, k, scratch, 0);
            } else {
                Gramian256.addGroup(a, a, 0, k * rank, rank, k, scratch, 0);
            }
            if (!factorise(a, rank, b, k, scratch)) {
                return false;
            }
            updateRightHandSide(a, rank, b, k);
        }
        if (!factoriseLast(a, rank, b, k)) {
            return false;
        }
        substituteBack(a, rank, b);
        return true;
    }

    private static void clear(float[] scratch, int length) {
        FloatVector zero = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            zero.intoArray(scratch, i);
        }
        for (; i < length; i++) {
            scratch[i] = 0f;
        }
    }

    private static boolean isPivot(float value) {
        return value > 0f && value <= Float.MAX_VALUE;
    }

    private static float inverseRoot(float pivot) {
        return 1f / (float) Math.sqrt(pivot);
    }

    /** Turns the rows k to k+3, less the sums over the rows above, into rows of U, and b alike. */
    private static boolean factorise(float[] a, int rank, float[] b, int k, float[] sums) {
        if (!factoriseTriangle(a, rank, k, sums)) {
            return false;
        }
        divideRows(a, rank, k, sums);
        storeTriangle(a, rank, b, k, sums);
        return true;
    }

    /**
     * Factorises the 4×4 triangle on the diagonal into {@code sums} from row 4 on: the four inverses of the diagonal, then
     * u01, u02, u03, u12, u13, u23.
     */
    private static boolean factoriseTriangle(float[] a, int rank, int k, float[] sums) {
        int r0 = k * rank + k;
        int r1 = r0 + rank;
        int r2 = r1 + rank;
        int r3 = r2 + rank;
        int s1 = rank + k;
        int s2 = s1 + rank;
        int s3 = s2 + rank;
        float d0 = a[r0] - sums[k];
        float i0 = inverseRoot(d0);
        float u01 = (a[r0 + 1] - sums[k + 1]) * i0;
        float u02 = (a[r0 + 2] - sums[k + 2]) * i0;
        float u03 = (a[r0 + 3] - sums[k + 3]) * i0;
        float d1 = Math.fma(-u01, u01, a[r1 + 1] - sums[s1 + 1]);
        float i1 = inverseRoot(d1);
        float u12 = Math.fma(-u01, u02, a[r1 + 2] - sums[s1 + 2]) * i1;
        float u13 = Math.fma(-u01, u03, a[r1 + 3] - sums[s1 + 3]) * i1;
        float d2 = Math.fma(-u12, u12, Math.fma(-u02, u02, a[r2 + 2] - sums[s2 + 2]));
        float i2 = inverseRoot(d2);
        float u23 = Math.fma(-u12, u13, Math.fma(-u02, u03, a[r2 + 3] - sums[s2 + 3])) * i2;
        float d3 = Math.fma(-u23, u23, Math.fma(-u13, u13, Math.fma(-u03, u03, a[r3 + 3] - sums[s3 + 3])));
        int at = PIVOTS * rank;
        sums[at] = i0;
        sums[at + 1] = i1;
        sums[at + 2] = i2;
        sums[at + 3] = inverseRoot(d3);
        sums[at + 4] = u01;
        sums[at + 5] = u02;
        sums[at + 6] = u03;
        sums[at + 7] = u12;
        sums[at + 8] = u13;
        sums[at + 9] = u23;
        return isPivot(d0) && isPivot(d1) && isPivot(d2) && isPivot(d3);
    }

    /** Solves the four rows against their triangle, right of it; the triangle itself may be scribbled on. */
    private static void divideRows(float[] a, int rank, int k, float[] sums) {
        int r0 = k * rank;
        int r1 = r0 + rank;
        int r2 = r1 + rank;
        int r3 = r2 + rank;
        int s1 = rank;
        int s2 = 2 * rank;
        int s3 = 3 * rank;
        int at = PIVOTS * rank;
        float i0 = sums[at];
        float i1 = sums[at + 1];
        float i2 = sums[at + 2];
        float i3 = sums[at + 3];
        float u01 = sums[at + 4];
        float u02 = sums[at + 5];
        float u03 = sums[at + 6];
        float u12 = sums[at + 7];
        float u13 = sums[at + 8];
        float u23 = sums[at + 9];
        int j = rank - LANES;
        for (; j >= 0 && j > k + PIVOTS - LANES; j -= LANES) {
            FloatVector v0 = vector(a, r0 + j).sub(vector(sums, j)).mul(i0);
            FloatVector v1 = subtract(u01, v0, vector(a, r1 + j).sub(vector(sums, s1 + j)))
                    .mul(i1);
            FloatVector v2 = subtract(u02, v0, vector(a, r2 + j).sub(vector(sums, s2 + j)));
            v2 = subtract(u12, v1, v2).mul(i2);
            FloatVector v3 = subtract(u03, v0, vector(a, r3 + j).sub(vector(sums, s3 + j)));
            v3 = subtract(u23, v2, subtract(u13, v1, v3)).mul(i3);
            v0.intoArray(a, r0 + j);
            v1.intoArray(a, r1 + j);
            v2.intoArray(a, r2 + j);
            v3.intoArray(a, r3 + j);
        }
        for (int column = k + PIVOTS; column < j + LANES; column++) {
            float v0 = (a[r0 + column] - sums[column]) * i0;
            float v1 = Math.fma(-u01, v0, a[r1 + column] - sums[s1 + column]) * i1;
            float v2 = Math.fma(-u12, v1, Math.fma(-u02, v0, a[r2 + column] - sums[s2 + column])) * i2;
            float v3 = Math.fma(-u03, v0, a[r3 + column] - sums[s3 + column]);
            a[r0 + column] = v0;
            a[r1 + column] = v1;
            a[r2 + column] = v2;
            a[r3 + column] = Math.fma(-u23, v2, Math.fma(-u13, v1, v3)) * i3;
        }
    }

    private static FloatVector subtract(float factor, FloatVector x, FloatVector from) {
        return x.fma(FloatVector.broadcast(SPECIES, -factor), from);
    }

    /** Puts the triangle in its place and solves b's four elements against it. */
    private static void storeTriangle(float[] a, int rank, float[] b, int k, float[] sums) {
        int r0 = k * rank + k;
        int r1 = r0 + rank;
        int r2 = r1 + rank;
        int at = PIVOTS * rank;
        float u01 = sums[at + 4];
        float u02 = sums[at + 5];
        float u03 = sums[at + 6];
        float u12 = sums[at + 7];
        float u13 = sums[at + 8];
        float u23 = sums[at + 9];
        a[r0] = sums[at];
        a[r0 + 1] = u01;
        a[r0 + 2] = u02;
        a[r0 + 3] = u03;
        a[r1 + 1] = sums[at + 1];
        a[r1 + 2] = u12;
        a[r1 + 3] = u13;
        a[r2 + 2] = sums[at + 2];
        a[r2 + 3] = u23;
        a[r2 + rank + 3] = sums[at + 3];
        float y0 = b[k] * sums[at];
        float y1 = Math.fma(-u01, y0, b[k + 1]) * sums[at + 1];
        float y2 = Math.fma(-u12, y1, Math.fma(-u02, y0, b[k + 2])) * sums[at + 2];
        b[k] = y0;
        b[k + 1] = y1;
        b[k + 2] = y2;
        b[k + 3] = Math.fma(-u23, y2, Math.fma(-u13, y1, Math.fma(-u03, y0, b[k + 3]))) * sums[at + 3];
    }

    /** The up to three rows after the last four; b is already free of the rows above {@code first}. */
    private static boolean factoriseLast(float[] a, int rank, float[] b, int first) {
        for (int row = first; row < rank; row++) {
            for (int column = row; column < rank; column++) {
                float sum = 0f;
                for (int above = 0; above < row; above++) {
                    sum = Math.fma(a[above * rank + row], a[above * rank + column], sum);
                }
                a[row * rank + column] -= sum;
            }
            float pivot = a[row * rank + row];
            if (!isPivot(pivot)) {
                return false;
            }
            float inverse = inverseRoot(pivot);
            for (int column = row + 1; column < rank; column++) {
                a[row * rank + column] *= inverse;
            }
            a[row * rank + row] = inverse;
            for (int above = first; above < row; above++) {
                b[row] = Math.fma(-a[above * rank + row], b[above], b[row]);
            }
            b[row] *= inverse;
        }
        return true;
    }

    private static void updateRightHandSide(float[] a, int rank, float[] b, int k) {
        int p0 = k * rank;
        int p1 = p0 + rank;
        int p2 = p1 + rank;
        int p3 = p2 + rank;
        FloatVector y0 = FloatVector.broadcast(SPECIES, -b[k]);
        FloatVector y1 = FloatVector.broadcast(SPECIES, -b[k + 1]);
        FloatVector y2 = FloatVector.broadcast(SPECIES, -b[k + 2]);
        FloatVector y3 = FloatVector.broadcast(SPECIES, -b[k + 3]);
        int j = k + PIVOTS;
        for (; j <= rank - LANES; j += LANES) {
            FloatVector low = vector(a, p1 + j).fma(y1, vector(a, p0 + j).mul(y0));
            FloatVector high = vector(a, p3 + j).fma(y3, vector(a, p2 + j).mul(y2));
            vector(b, j).add(low.add(high)).intoArray(b, j);
        }
        for (; j < rank; j++) {
            b[j] -= a[p0 + j] * b[k] + a[p1 + j] * b[k + 1] + a[p2 + j] * b[k + 2] + a[p3 + j] * b[k + 3];
        }
    }

    /** Solves Ux = y: first the up to three last rows, then four at a time. */
    private static void substituteBack(float[] u, int rank, float[] x) {
        int end = rank - rank % PIVOTS;
        for (int i = rank - 1; i >= end; i--) {
            float known = x[i];
            for (int j = i + 1; j < rank; j++) {
                known -= u[i * rank + j] * x[j];
            }
            x[i] = known * u[i * rank + i];
        }
        for (; end > 0; end -= PIVOTS) {
            substituteFour(u, rank, x, end - PIVOTS);
        }
    }

    /** The rows k to k+3 of the substitution. What was found last is used last, since everything waits for it. */
    private static void substituteFour(float[] u, int rank, float[] x, int k) {
        int r0 = k * rank;
        int r1 = r0 + rank;
        int r2 = r1 + rank;
        int r3 = r2 + rank;
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int near = Math.min(rank, k + 2 * PIVOTS);
        int j = rank - LANES;
        for (; j >= near; j -= LANES) {
            FloatVector v = vector(x, j);
            s0 = vector(u, r0 + j).fma(v, s0);
            s1 = vector(u, r1 + j).fma(v, s1);
            s2 = vector(u, r2 + j).fma(v, s2);
            s3 = vector(u, r3 + j).fma(v, s3);
        }
        FloatVector sums = LaneSum.ofFour(s0, s1, s2, s3);
        float x0 = x[k] - sums.lane(0);
        float x1 = x[k + 1] - sums.lane(1);
        float x2 = x[k + 2] - sums.lane(2);
        float x3 = x[k + 3] - sums.lane(3);
        for (int column = j + LANES - 1; column >= k + PIVOTS; column--) {
            float known = x[column];
            x0 = Math.fma(-u[r0 + column], known, x0);
            x1 = Math.fma(-u[r1 + column], known, x1);
            x2 = Math.fma(-u[r2 + column], known, x2);
            x3 = Math.fma(-u[r3 + column], known, x3);
        }
        x3 *= u[r3 + k + 3];
        x2 = Math.fma(-u[r2 + k + 3], x3, x2) * u[r2 + k + 2];
        x1 = Math.fma(-u[r1 + k + 2], x2, Math.fma(-u[r1 + k + 3], x3, x1)) * u[r1 + k + 1];
        x0 = Math.fma(-u[r0 + k + 1], x1, Math.fma(-u[r0 + k + 2], x2, Math.fma(-u[r0 + k + 3], x3, x0))) * u[r0 + k];
        x[k] = x0;
        x[k + 1] = x1;
        x[k + 2] = x2;
        x[k + 3] = x3;
    }

    private static FloatVector vector(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }
}
