package dev.latent.math;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link GatheredRows} at 256 bits, but for the copy: these loops are bound by loads, of which a core does as many bytes a
 * cycle at 256 as at 512 bits when they are not aligned, as those of heap arrays are not.
 */
final class VectorRows {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** Columns whose sums stay in registers: eight, the most that 16 registers bear. */
    private static final int PANEL = 8 * LANES;

    private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_512;

    /** Columns that a wide copy takes at a time. */
    private static final int WIDE_PANEL = 4 * WIDE.length();

    /** Bytes of a matrix of which a second-level cache holds less than half. */
    private static final long FAR = 1 << 20;

    private static final int LINE = 64;

    /** Where {@link #touch} puts what it read, so that the reads are not left out. */
    @SuppressWarnings("UnusedVariable")
    private static int touched;

    private VectorRows() {}

    static void gather(
            MemorySegment matrix,
            int rank,
            int column,
            int width,
            int[] rows,
            int from,
            int count,
            float[] target,
            int offset,
            int stride,
            boolean wide) {
        long rowBytes = (long) rank * Float.BYTES;
        long start = (long) column * Float.BYTES;
        if (!wide && width >= PANEL && matrix.byteSize() > FAR) {
            touched = touch(matrix, rowBytes, start, width - width % PANEL, rows, from, count);
        }
        int copied = wide ? width - width % WIDE_PANEL : 0;
        int to = offset;
        for (int row = from; row < from + count; row++) {
            long source = rows[row] * rowBytes + start;
            int i = 0;
            for (; i < copied; i += WIDE_PANEL) {
                copyWide(matrix, source + (long) i * Float.BYTES, target, to + i);
            }
            for (; i <= width - PANEL; i += PANEL) {
                copyPanel(matrix, source + (long) i * Float.BYTES, target, to + i);
            }
            for (; i <= width - 2 * LANES; i += 2 * LANES) {
                long at = source + (long) i * Float.BYTES;
                FloatVector first = floats(matrix, at);
                FloatVector second = floats(matrix, at + SPECIES.vectorByteSize());
                first.intoArray(target, to + i);
                second.intoArray(target, to + i + LANES);
            }
            for (; i < width; i++) {
                target[to + i] = matrix.get(Kernels.FLOAT32, source + (long) i * Float.BYTES);
            }
            to += stride;
        }
    }

    /**
     * Reads something of every cache line that is about to be copied, one panel of columns after the other. A copied row takes
     * so many instructions at 256 bits that the core sees the misses of but one or two rows ahead; these are few enough for as
     * many as it can have under way.
     *
     * @param width a multiple of {@link #PANEL}
     */
    private static int touch(
            MemorySegment matrix, long rowBytes, long start, int width, int[] rows, int from, int count) {
        IntVector even = IntVector.zero(IntVector.SPECIES_128);
        IntVector odd = even;
        long end = start + (long) width * Float.BYTES;
        for (long column = start; column < end; column += 4 * LINE) {
            for (int row = from; row < from + count; row++) {
                long at = rows[row] * rowBytes + column;
                even = even.or(integers(matrix, at)).or(integers(matrix, at + 2 * LINE));
                odd = odd.or(integers(matrix, at + LINE)).or(integers(matrix, at + 3 * LINE));
            }
        }
        return even.or(odd).lane(0);
    }

    private static IntVector integers(MemorySegment matrix, long offset) {
        return IntVector.fromMemorySegment(IntVector.SPECIES_128, matrix, offset, ORDER);
    }

    private static void copyPanel(MemorySegment matrix, long source, float[] target, int to) {
        FloatVector a = floats(matrix, source);
        FloatVector b = floats(matrix, source + SPECIES.vectorByteSize());
        FloatVector c = floats(matrix, source + 2L * SPECIES.vectorByteSize());
        FloatVector d = floats(matrix, source + 3L * SPECIES.vectorByteSize());
        FloatVector e = floats(matrix, source + 4L * SPECIES.vectorByteSize());
        FloatVector f = floats(matrix, source + 5L * SPECIES.vectorByteSize());
        FloatVector g = floats(matrix, source + 6L * SPECIES.vectorByteSize());
        FloatVector h = floats(matrix, source + 7L * SPECIES.vectorByteSize());
        a.intoArray(target, to);
        b.intoArray(target, to + LANES);
        c.intoArray(target, to + 2 * LANES);
        d.intoArray(target, to + 3 * LANES);
        e.intoArray(target, to + 4 * LANES);
        f.intoArray(target, to + 5 * LANES);
        g.intoArray(target, to + 6 * LANES);
        h.intoArray(target, to + 7 * LANES);
    }

    private static FloatVector floats(MemorySegment matrix, long offset) {
        return FloatVector.fromMemorySegment(SPECIES, matrix, offset, ORDER);
    }

    /** Few instructions for many bytes, so that the core has the misses of several rows under way at once. */
    private static void copyWide(MemorySegment matrix, long source, float[] target, int to) {
        FloatVector a = FloatVector.fromMemorySegment(WIDE, matrix, source, ORDER);
        FloatVector b = FloatVector.fromMemorySegment(WIDE, matrix, source + WIDE.vectorByteSize(), ORDER);
        FloatVector c = FloatVector.fromMemorySegment(WIDE, matrix, source + 2L * WIDE.vectorByteSize(), ORDER);
        FloatVector d = FloatVector.fromMemorySegment(WIDE, matrix, source + 3L * WIDE.vectorByteSize(), ORDER);
        a.intoArray(target, to);
        b.intoArray(target, to + WIDE.length());
        c.intoArray(target, to + 2 * WIDE.length());
        d.intoArray(target, to + 3 * WIDE.length());
    }

    static void addProducts(
            float[] rows,
            int offset,
            int count,
            int stride,
            int width,
            float[] x,
            int xOffset,
            float[] out,
            int outOffset) {
        int row = 0;
        for (; row <= count - 4; row += 4) {
            addFourProducts(rows, offset + row * stride, stride, width, x, xOffset, out, outOffset + row);
        }
        for (; row < count; row++) {
            addProduct(rows, offset + row * stride, width, x, xOffset, out, outOffset + row);
        }
    }

    private static void addFourProducts(
            float[] rows, int row0, int stride, int width, float[] x, int xOffset, float[] out, int to) {
        int row1 = row0 + stride;
        int row2 = row1 + stride;
        int row3 = row2 + stride;
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        int i = 0;
        for (; i <= width - 2 * LANES; i += 2 * LANES) {
            FloatVector x0 = vector(x, xOffset + i);
            FloatVector x1 = vector(x, xOffset + i + LANES);
            a0 = vector(rows, row0 + i).fma(x0, a0);
            a1 = vector(rows, row0 + i + LANES).fma(x1, a1);
            b0 = vector(rows, row1 + i).fma(x0, b0);
            b1 = vector(rows, row1 + i + LANES).fma(x1, b1);
            c0 = vector(rows, row2 + i).fma(x0, c0);
            c1 = vector(rows, row2 + i + LANES).fma(x1, c1);
            d0 = vector(rows, row3 + i).fma(x0, d0);
            d1 = vector(rows, row3 + i + LANES).fma(x1, d1);
        }
        FloatVector sums = LaneSum.ofFour(a0.add(a1), b0.add(b1), c0.add(c1), d0.add(d1));
        FloatVector.fromArray(FloatVector.SPECIES_128, out, to).add(sums).intoArray(out, to);
        for (; i < width; i++) {
            float factor = x[xOffset + i];
            out[to] += rows[row0 + i] * factor;
            out[to + 1] += rows[row1 + i] * factor;
            out[to + 2] += rows[row2 + i] * factor;
            out[to + 3] += rows[row3 + i] * factor;
        }
    }

    private static void addProduct(float[] rows, int row, int width, float[] x, int xOffset, float[] out, int to) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        int i = 0;
        for (; i <= width - 2 * LANES; i += 2 * LANES) {
            sum0 = vector(rows, row + i).fma(vector(x, xOffset + i), sum0);
            sum1 = vector(rows, row + i + LANES).fma(vector(x, xOffset + i + LANES), sum1);
        }
        float sum = LaneSum.of(sum0.add(sum1));
        for (; i < width; i++) {
            sum += rows[row + i] * x[xOffset + i];
        }
        out[to] += sum;
    }

    static void addCombination(
            float[] rows,
            int offset,
            int count,
            int stride,
            int width,
            float[] weights,
            int weightsOffset,
            float[] out,
            int outOffset) {
        int end = offset + count * stride;
        int column = 0;
        for (; column <= width - PANEL; column += PANEL) {
            addPanel(rows, offset + column, end, stride, weights, weightsOffset, out, outOffset + column);
        }
        for (; column <= width - LANES; column += LANES) {
            addVector(rows, offset + column, end, stride, weights, weightsOffset, out, outOffset + column);
        }
        for (; column < width; column++) {
            float sum = 0f;
            int weight = weightsOffset;
            for (int at = offset + column; at < end; at += stride) {
                sum = Math.fma(weights[weight++], rows[at], sum);
            }
            out[outOffset + column] += sum;
        }
    }

    private static void addPanel(
            float[] rows, int start, int end, int stride, float[] weights, int weightsOffset, float[] out, int to) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        int weight = weightsOffset;
        for (int at = start; at < end; at += stride) {
            FloatVector w = FloatVector.broadcast(SPECIES, weights[weight++]);
            s0 = vector(rows, at).fma(w, s0);
            s1 = vector(rows, at + LANES).fma(w, s1);
            s2 = vector(rows, at + 2 * LANES).fma(w, s2);
            s3 = vector(rows, at + 3 * LANES).fma(w, s3);
            s4 = vector(rows, at + 4 * LANES).fma(w, s4);
            s5 = vector(rows, at + 5 * LANES).fma(w, s5);
            s6 = vector(rows, at + 6 * LANES).fma(w, s6);
            s7 = vector(rows, at + 7 * LANES).fma(w, s7);
        }
        addTo(out, to, s0);
        addTo(out, to + LANES, s1);
        addTo(out, to + 2 * LANES, s2);
        addTo(out, to + 3 * LANES, s3);
        addTo(out, to + 4 * LANES, s4);
        addTo(out, to + 5 * LANES, s5);
        addTo(out, to + 6 * LANES, s6);
        addTo(out, to + 7 * LANES, s7);
    }

    private static void addVector(
            float[] rows, int start, int end, int stride, float[] weights, int weightsOffset, float[] out, int to) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int weight = weightsOffset;
        for (int at = start; at < end; at += stride) {
            sum = vector(rows, at).fma(FloatVector.broadcast(SPECIES, weights[weight++]), sum);
        }
        addTo(out, to, sum);
    }

    private static FloatVector vector(float[] array, int offset) {
        return FloatVector.fromArray(SPECIES, array, offset);
    }

    private static void addTo(float[] out, int offset, FloatVector sum) {
        vector(out, offset).add(sum).intoArray(out, offset);
    }
}
