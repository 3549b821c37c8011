package dev.latent.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register-blocked Gramian at 512 bits: tiles of four rows by up to four
 * vectors keep their 16 sums in the 32 registers of AVX-512.
 *
 * <p>For each group of four rows of the result the columns from the diagonal on are cut into vectors counted from the
 * right edge, so no tail is masked: the leftmost vector reaches below the diagonal, where the result is unspecified. Only
 * when that vector would begin before column 0 is it an edge, whose upper lanes are dropped.
 */
final class Gramian512 {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
    static final int LANES = SPECIES.length();

    private Gramian512() {}

    /** See {@link KernelProvider#gramianAdd}; {@code rank} is at least {@link #LANES}. */
    static void add(float[] left, float[] right, int offset, int rowCount, int rank, float[] gramian) {
        int step = Gramians.cacheRows(rowCount, rank) * rank;
        int last = offset + rowCount * rank;
        for (int start = offset; start < last; start += step) {
            int end = Math.min(last, start + step);
            int i = 0;
            for (; i <= rank - 4; i += 4) {
                addGroup(left, right, start, end, rank, i, gramian, i * rank);
            }
            for (; i < rank; i++) {
                addLastRow(left, right, start, end, rank, i, gramian, i * rank);
            }
        }
    }

    /** Four rows of the result from row {@code i} on, of which column 0 has its place at {@code target}. */
    static void addGroup(
            float[] left, float[] right, int start, int end, int rank, int i, float[] gramian, int target) {
        int vectors = (rank - i + LANES - 1) / LANES;
        int j = rank - vectors * LANES;
        if (j < 0) {
            addEdge(left, right, start, end, rank, i, j + LANES, gramian, target);
            j += LANES;
            vectors--;
        }
        while (vectors > 5 || vectors == 4) {
            add4x4(left, right, start, end, rank, i, j, gramian, target);
            j += 4 * LANES;
            vectors -= 4;
        }
        if (vectors == 5 || vectors == 3) {
            add4x3(left, right, start, end, rank, i, j, gramian, target);
            j += 3 * LANES;
            vectors -= 3;
        }
        if (vectors == 2) {
            add4x2(left, right, start, end, rank, i, j, gramian, target);
        } else if (vectors == 1) {
            add4x1(left, right, start, end, rank, i, j, gramian, target);
        }
    }

    /** One of the up to three rows after the last group: its columns all lie in the last vector. */
    private static void addLastRow(
            float[] left, float[] right, int start, int end, int rank, int i, float[] gramian, int target) {
        int j = rank - LANES;
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int p = start; p < end; p += rank) {
            sum = FloatVector.broadcast(SPECIES, left[p + i]).fma(vector(right, p + j), sum);
        }
        addTo(gramian, target + j, sum);
    }

    /** Four rows by the columns below {@code columns}, less than a vector. */
    private static void addEdge(
            float[] left,
            float[] right,
            int start,
            int end,
            int rank,
            int i,
            int columns,
            float[] gramian,
            int target) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int p = start; p < end; p += rank) {
            FloatVector v = vector(right, p);
            a = FloatVector.broadcast(SPECIES, left[p + i]).fma(v, a);
            b = FloatVector.broadcast(SPECIES, left[p + i + 1]).fma(v, b);
            c = FloatVector.broadcast(SPECIES, left[p + i + 2]).fma(v, c);
            d = FloatVector.broadcast(SPECIES, left[p + i + 3]).fma(v, d);
        }
        VectorMask<Float> kept = SPECIES.indexInRange(0, columns);
        FloatVector zero = FloatVector.zero(SPECIES);
        addTo(gramian, target, zero.blend(a, kept));
        addTo(gramian, target + rank, zero.blend(b, kept));
        addTo(gramian, target + 2 * rank, zero.blend(c, kept));
        addTo(gramian, target + 3 * rank, zero.blend(d, kept));
    }

    private static void add4x4(
            float[] left, float[] right, int start, int end, int rank, int i, int j, float[] gramian, int target) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector c2 = a0;
        FloatVector c3 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        FloatVector d2 = a0;
        FloatVector d3 = a0;
        for (int p = start; p < end; p += rank) {
            FloatVector v0 = vector(right, p + j);
            FloatVector v1 = vector(right, p + j + LANES);
            FloatVector v2 = vector(right, p + j + 2 * LANES);
            FloatVector v3 = vector(right, p + j + 3 * LANES);
            FloatVector a = FloatVector.broadcast(SPECIES, left[p + i]);
            a0 = a.fma(v0, a0);
            a1 = a.fma(v1, a1);
            a2 = a.fma(v2, a2);
            a3 = a.fma(v3, a3);
            FloatVector b = FloatVector.broadcast(SPECIES, left[p + i + 1]);
            b0 = b.fma(v0, b0);
            b1 = b.fma(v1, b1);
            b2 = b.fma(v2, b2);
            b3 = b.fma(v3, b3);
            FloatVector c = FloatVector.broadcast(SPECIES, left[p + i + 2]);
            c0 = c.fma(v0, c0);
            c1 = c.fma(v1, c1);
            c2 = c.fma(v2, c2);
            c3 = c.fma(v3, c3);
            FloatVector d = FloatVector.broadcast(SPECIES, left[p + i + 3]);
            d0 = d.fma(v0, d0);
            d1 = d.fma(v1, d1);
            d2 = d.fma(v2, d2);
            d3 = d.fma(v3, d3);
        }
        int to = target + j;
        addTo(gramian, to, a0);
        addTo(gramian, to + LANES, a1);
        addTo(gramian, to + 2 * LANES, a2);
        addTo(gramian, to + 3 * LANES, a3);
        addTo(gramian, to + rank, b0);
        addTo(gramian, to + rank + LANES, b1);
        addTo(gramian, to + rank + 2 * LANES, b2);
        addTo(gramian, to + rank + 3 * LANES, b3);
        addTo(gramian, to + 2 * rank, c0);
        addTo(gramian, to + 2 * rank + LANES, c1);
        addTo(gramian, to + 2 * rank + 2 * LANES, c2);
        addTo(gramian, to + 2 * rank + 3 * LANES, c3);
        addTo(gramian, to + 3 * rank, d0);
        addTo(gramian, to + 3 * rank + LANES, d1);
        addTo(gramian, to + 3 * rank + 2 * LANES, d2);
        addTo(gramian, to + 3 * rank + 3 * LANES, d3);
    }

    private static void add4x3(
            float[] left, float[] right, int start, int end, int rank, int i, int j, float[] gramian, int target) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector c2 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        FloatVector d2 = a0;
        for (int p = start; p < end; p += rank) {
            FloatVector v0 = vector(right, p + j);
            FloatVector v1 = vector(right, p + j + LANES);
            FloatVector v2 = vector(right, p + j + 2 * LANES);
            FloatVector a = FloatVector.broadcast(SPECIES, left[p + i]);
            a0 = a.fma(v0, a0);
            a1 = a.fma(v1, a1);
            a2 = a.fma(v2, a2);
            FloatVector b = FloatVector.broadcast(SPECIES, left[p + i + 1]);
            b0 = b.fma(v0, b0);
            b1 = b.fma(v1, b1);
            b2 = b.fma(v2, b2);
            FloatVector c = FloatVector.broadcast(SPECIES, left[p + i + 2]);
            c0 = c.fma(v0, c0);
            c1 = c.fma(v1, c1);
            c2 = c.fma(v2, c2);
            FloatVector d = FloatVector.broadcast(SPECIES, left[p + i + 3]);
            d0 = d.fma(v0, d0);
            d1 = d.fma(v1, d1);
            d2 = d.fma(v2, d2);
        }
        int to = target + j;
        addTo(gramian, to, a0);
        addTo(gramian, to + LANES, a1);
        addTo(gramian, to + 2 * LANES, a2);
        addTo(gramian, to + rank, b0);
        addTo(gramian, to + rank + LANES, b1);
        addTo(gramian, to + rank + 2 * LANES, b2);
        addTo(gramian, to + 2 * rank, c0);
        addTo(gramian, to + 2 * rank + LANES, c1);
        addTo(gramian, to + 2 * rank + 2 * LANES, c2);
        addTo(gramian, to + 3 * rank, d0);
        addTo(gramian, to + 3 * rank + LANES, d1);
        addTo(gramian, to + 3 * rank + 2 * LANES, d2);
    }

    private static void add4x2(
            float[] left, float[] right, int start, int end, int rank, int i, int j, float[] gramian, int target) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int p = start; p < end; p += rank) {
            FloatVector v0 = vector(right, p + j);
            FloatVector v1 = vector(right, p + j + LANES);
            FloatVector a = FloatVector.broadcast(SPECIES, left[p + i]);
            a0 = a.fma(v0, a0);
            a1 = a.fma(v1, a1);
            FloatVector b = FloatVector.broadcast(SPECIES, left[p + i + 1]);
            b0 = b.fma(v0, b0);
            b1 = b.fma(v1, b1);
            FloatVector c = FloatVector.broadcast(SPECIES, left[p + i + 2]);
            c0 = c.fma(v0, c0);
            c1 = c.fma(v1, c1);
            FloatVector d = FloatVector.broadcast(SPECIES, left[p + i + 3]);
            d0 = d.fma(v0, d0);
            d1 = d.fma(v1, d1);
        }
        int to = target + j;
        addTo(gramian, to, a0);
        addTo(gramian, to + LANES, a1);
        addTo(gramian, to + rank, b0);
        addTo(gramian, to + rank + LANES, b1);
        addTo(gramian, to + 2 * rank, c0);
        addTo(gramian, to + 2 * rank + LANES, c1);
        addTo(gramian, to + 3 * rank, d0);
        addTo(gramian, to + 3 * rank + LANES, d1);
    }

    private static void add4x1(
            float[] left, float[] right, int start, int end, int rank, int i, int j, float[] gramian, int target) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector b0 = a0;
        FloatVector c0 = a0;
        FloatVector d0 = a0;
        for (int p = start; p < end; p += rank) {
            FloatVector v0 = vector(right, p + j);
            FloatVector a = FloatVector.broadcast(SPECIES, left[p + i]);
            a0 = a.fma(v0, a0);
            FloatVector b = FloatVector.broadcast(SPECIES, left[p + i + 1]);
            b0 = b.fma(v0, b0);
            FloatVector c = FloatVector.broadcast(SPECIES, left[p + i + 2]);
            c0 = c.fma(v0, c0);
            FloatVector d = FloatVector.broadcast(SPECIES, left[p + i + 3]);
            d0 = d.fma(v0, d0);
        }
        int to = target + j;
        addTo(gramian, to, a0);
        addTo(gramian, to + rank, b0);
        addTo(gramian, to + 2 * rank, c0);
        addTo(gramian, to + 3 * rank, d0);
    }

    private static FloatVector vector(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }

    private static void addTo(float[] gramian, int offset, FloatVector sum) {
        vector(gramian, offset).add(sum).intoArray(gramian, offset);
    }
}
