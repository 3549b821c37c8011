package dev.latent.math;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API provider. Loops that stream run at 256 bits: they are bound by memory, and a heap array starts 16 bytes
 * off a cache line, which splits every 512-bit load. The Gramian, bound by arithmetic, runs at the width asked for.
 *
 * <p>Every dot product, be it of two arrays, of a segment or of one row in a scan, adds in the same order, so all of them
 * give the same bits. Only {@link KernelSelector} names this class, after it has seen that the incubator module is there.
 */
final class VectorKernels implements KernelProvider {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ScalarKernels SCALAR = new ScalarKernels();

    private final boolean wide;

    /** {@code bits} is 256 or 512. */
    VectorKernels(int bits) {
        wide = bits == 512;
    }

    /** The width this processor and JVM prefer, in bits. */
    static int preferredBits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }

    @Override
    public String name() {
        return wide ? "vector-512" : "vector-256";
    }

    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - 2 * LANES; i += 2 * LANES) {
            sum0 = vector(a, aOffset + i).fma(vector(b, bOffset + i), sum0);
            sum1 = vector(a, aOffset + i + LANES).fma(vector(b, bOffset + i + LANES), sum1);
        }
        if (i <= length - LANES) {
            sum0 = vector(a, aOffset + i).fma(vector(b, bOffset + i), sum0);
            i += LANES;
        }
        float sum = LaneSum.of(sum0.add(sum1));
        for (; i < length; i++) {
            sum += a[aOffset + i] * b[bOffset + i];
        }
        return sum;
    }

    @Override
    public float dot(MemorySegment a, long aOffsetBytes, float[] b, int bOffset, int length) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= length - 2 * LANES; i += 2 * LANES) {
            sum0 = vector(a, at(aOffsetBytes, i)).fma(vector(b, bOffset + i), sum0);
            sum1 = vector(a, at(aOffsetBytes, i + LANES)).fma(vector(b, bOffset + i + LANES), sum1);
        }
        if (i <= length - LANES) {
            sum0 = vector(a, at(aOffsetBytes, i)).fma(vector(b, bOffset + i), sum0);
            i += LANES;
        }
        float sum = LaneSum.of(sum0.add(sum1));
        for (; i < length; i++) {
            sum += a.get(Kernels.FLOAT32, at(aOffsetBytes, i)) * b[bOffset + i];
        }
        return sum;
    }

    @Override
    public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length) {
        FloatVector factor = FloatVector.broadcast(SPECIES, alpha);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            vector(x, xOffset + i).fma(factor, vector(y, yOffset + i)).intoArray(y, yOffset + i);
        }
        for (; i < length; i++) {
            y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
        }
    }

    @Override
    public void scores(
            MemorySegment items,
            int from,
            int to,
            int rank,
            float[] query,
            int queryOffset,
            float[] scores,
            int scoresOffset) {
        long rowBytes = (long) rank * Float.BYTES;
        int out = scoresOffset;
        int row = from;
        for (; row <= to - 4; row += 4) {
            scoreFour(items, row * rowBytes, rank, query, queryOffset, scores, out);
            out += 4;
        }
        for (; row < to; row++) {
            scores[out++] = dot(items, row * rowBytes, query, queryOffset, rank);
        }
    }

    /** Four rows, each with the two accumulators of {@link #dot}: eight in all, the most that 16 registers bear. */
    private static void scoreFour(
            MemorySegment items, long offset, int rank, float[] query, int queryOffset, float[] scores, int out) {
        long row1 = offset + (long) rank * Float.BYTES;
        long row2 = row1 + (long) rank * Float.BYTES;
        long row3 = row2 + (long) rank * Float.BYTES;
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        int i = 0;
        for (; i <= rank - 2 * LANES; i += 2 * LANES) {
            FloatVector q0 = vector(query, queryOffset + i);
            FloatVector q1 = vector(query, queryOffset + i + LANES);
            a0 = vector(items, at(offset, i)).fma(q0, a0);
            a1 = vector(items, at(offset, i + LANES)).fma(q1, a1);
            b0 = vector(items, at(row1, i)).fma(q0, b0);
            b1 = vector(items, at(row1, i + LANES)).fma(q1, b1);
            c0 = vector(items, at(row2, i)).fma(q0, c0);
            c1 = vector(items, at(row2, i + LANES)).fma(q1, c1);
            d0 = vector(items, at(row3, i)).fma(q0, d0);
            d1 = vector(items, at(row3, i + LANES)).fma(q1, d1);
        }
        if (i <= rank - LANES) {
            FloatVector q0 = vector(query, queryOffset + i);
            a0 = vector(items, at(offset, i)).fma(q0, a0);
            b0 = vector(items, at(row1, i)).fma(q0, b0);
            c0 = vector(items, at(row2, i)).fma(q0, c0);
            d0 = vector(items, at(row3, i)).fma(q0, d0);
            i += LANES;
        }
        LaneSum.ofFour(a0.add(a1), b0.add(b1), c0.add(c1), d0.add(d1)).intoArray(scores, out);
        for (; i < rank; i++) {
            float q = query[queryOffset + i];
            scores[out] += items.get(Kernels.FLOAT32, at(offset, i)) * q;
            scores[out + 1] += items.get(Kernels.FLOAT32, at(row1, i)) * q;
            scores[out + 2] += items.get(Kernels.FLOAT32, at(row2, i)) * q;
            scores[out + 3] += items.get(Kernels.FLOAT32, at(row3, i)) * q;
        }
    }

    @Override
    public void gramianAdd(float[] left, float[] right, int offset, int rowCount, int rank, float[] gramian) {
        if (wide && rank >= Gramian512.LANES) {
            Gramian512.add(left, right, offset, rowCount, rank, gramian);
        } else if (rank >= Gramian256.LANES) {
            Gramian256.add(left, right, offset, rowCount, rank, gramian);
        } else {
            SCALAR.gramianAdd(left, right, offset, rowCount, rank, gramian);
        }
    }

    @Override
    public boolean choleskySolve(float[] a, int rank, float[] b, float[] scratch) {
        return rank < VectorCholesky.MIN_RANK
                ? SCALAR.choleskySolve(a, rank, b, scratch)
                : VectorCholesky.solve(a, rank, b, scratch, wide);
    }

    @Override
    public void gather(
            MemorySegment matrix,
            int rank,
            int column,
            int width,
            int[] rows,
            int from,
            int count,
            float[] target,
            int offset,
            int stride) {
        VectorRows.gather(matrix, rank, column, width, rows, from, count, target, offset, stride, wide);
    }

    @Override
    public void addProducts(
            float[] rows,
            int offset,
            int count,
            int stride,
            int width,
            float[] x,
            int xOffset,
            float[] out,
            int outOffset) {
        VectorRows.addProducts(rows, offset, count, stride, width, x, xOffset, out, outOffset);
    }

    @Override
    public void addCombination(
            float[] rows,
            int offset,
            int count,
            int stride,
            int width,
            float[] weights,
            int weightsOffset,
            float[] out,
            int outOffset) {
        VectorRows.addCombination(rows, offset, count, stride, width, weights, weightsOffset, out, outOffset);
    }

    private static FloatVector vector(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }

    private static FloatVector vector(MemorySegment segment, long offset) {
        return FloatVector.fromMemorySegment(SPECIES, segment, offset, ORDER);
    }

    private static long at(long offset, int element) {
        return offset + (long) element * Float.BYTES;
    }

    @Override
    public int panelWidth() {
        return wide ? ScorePanel512.WIDTH : ScorePanel256.WIDTH;
    }

    @Override
    public void scorePanel(
            float[] queries, int count, int depth, float[] panel, float[] scores, int offset, int stride) {
        if (wide) {
            ScorePanel512.score(queries, count, depth, panel, scores, offset, stride);
        } else {
            ScorePanel256.score(queries, count, depth, panel, scores, offset, stride);
        }
    }

    @Override
    public int findAtLeast(float[] scores, int from, int to, float threshold) {
        int index = from;
        for (; index <= to - LANES; index += LANES) {
            VectorMask<Float> found = vector(scores, index).compare(VectorOperators.GE, threshold);
            if (found.anyTrue()) {
                return index + found.firstTrue();
            }
        }
        return SCALAR.findAtLeast(scores, index, to, threshold);
    }

    @Override
    public int countAtLeast(float[] scores, int from, int to, float threshold) {
        int count = 0;
        int index = from;
        for (; index <= to - LANES; index += LANES) {
            count +=
                    vector(scores, index).compare(VectorOperators.GE, threshold).trueCount();
        }
        return count + SCALAR.countAtLeast(scores, index, to, threshold);
    }
}
