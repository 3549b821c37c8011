package dev.latent.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register-blocked Gramian at 256 bits: tiles of four rows by two vectors
 * keep their eight sums in the 16 registers of AVX2; twelve sums were measured to spill.
 *
 * <p>For each group of four rows of the result the columns from the diagonal on are cut into vectors counted from the
 * right edge, so no tail is masked: the leftmost vector reaches below the diagonal, where the result is unspecified. Only
 * when that vector would begin before column 0 is it an edge, whose upper lanes are dropped.
 */
final class Gramian256 {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    static final int LANES = SPECIES.length();

    private Gramian256() {}

    /** See {@link KernelProvider#gramianAdd}; {@code rank} is at least {@link #LANES}. */
    static void add(float[] left, float[] right, int offset, int rowCount, int rank, float[] gramian) {
        int step = Gramians.cacheRows(rowCount, rank) * rank;
        int last = offset + rowCount * rank;
        for (int start = offset; start < last; start += step) {
            int end = Math.min(last, start + step);
            int i = 0;
            for (; i <= rank - 8; i += 8) {
                addTwoGroups(left, right, start, end, rank, i, gramian);
            }
            for (; i <= rank - 4; i += 4) {
                addGroup(left, right, start, end, rank, i, gramian, i * rank);
            }
            for (; i < rank; i++) {
                addLastRow(left, right, start, end, rank, i, gramian, i * rank);
            }
        }
    }

    /**
     * Eight rows of the result from row {@code i} on. When both groups have an odd number of vectors, the last one is summed
     * for both together: a tile of four sums waits for its own additions.
     */
    private static void addTwoGroups(
            float[] left, float[] right, int start, int end, int rank, int i, float[] gramian) {
        int target = i * rank;
        int columns = rank - i;
        if (rank % LANES != 0 || columns / LANES % 2 == 0) {
            addGroup(left, right, start, end, rank, i, gramian, target);
            addGroup(left, right, start, end, rank, i + 4, gramian, target + 4 * rank);
            return;
        }
        for (int j = i; j < rank - LANES; j += 2 * LANES) {
            add4x2(left, right, start, end, rank, i, j, gramian, target);
            add4x2(left, right, start, end, rank, i + 4, j, gramian, target + 4 * rank);
        }
        add8x1(left, right, start, end, rank, i, rank - LANES, gramian, target);
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
        for (; vectors >= 2; vectors -= 2) {
            add4x2(left, right, start, end, rank, i, j, gramian, target);
            j += 2 * LANES;
        }
        if (vectors == 1) {
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

    private static void add8x1(
            float[] left, float[] right, int start, int end, int rank, int i, int j, float[] gramian, int target) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        for (int p = start; p < end; p += rank) {
            FloatVector v = vector(right, p + j);
            int at = p + i;
            a = FloatVector.broadcast(SPECIES, left[at]).fma(v, a);
            b = FloatVector.broadcast(SPECIES, left[at + 1]).fma(v, b);
            c = FloatVector.broadcast(SPECIES, left[at + 2]).fma(v, c);
            d = FloatVector.broadcast(SPECIES, left[at + 3]).fma(v, d);
            e = FloatVector.broadcast(SPECIES, left[at + 4]).fma(v, e);
            f = FloatVector.broadcast(SPECIES, left[at + 5]).fma(v, f);
            g = FloatVector.broadcast(SPECIES, left[at + 6]).fma(v, g);
            h = FloatVector.broadcast(SPECIES, left[at + 7]).fma(v, h);
        }
        int to = target + j;
        addTo(gramian, to, a);
        addTo(gramian, to + rank, b);
        addTo(gramian, to + 2 * rank, c);
        addTo(gramian, to + 3 * rank, d);
        addTo(gramian, to + 4 * rank, e);
        addTo(gramian, to + 5 * rank, f);
        addTo(gramian, to + 6 * rank, g);
        addTo(gramian, to + 7 * rank, h);
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
