package dev.latent.math;

import java.lang.foreign.MemorySegment;

/**
 * The loops of a least-squares solver over rows gathered side by side from a large matrix: gathering them, their products
 * with a vector, and their weighted sum. Row r of such an array starts at {@code r·stride}.
 *
 * <p>As in {@link Kernels}, entry checks shapes and throws {@link IllegalArgumentException}, results of one provider are
 * repeatable bit for bit, and all methods are thread-safe as long as nobody else writes the arrays passed in.
 */
public final class GatheredRows {

    private GatheredRows() {}

    /**
     * Copies {@code width} columns of chosen rows: row {@code rows[from + r]} goes to {@code target[r·stride …]}.
     *
     * @param matrix rank columns, row-major little-endian float32 from byte 0
     * @param column the first column to copy
     * @param rows row numbers, in any order
     * @param count how many of them, from index {@code from}
     * @param offset where row 0 begins in {@code target}
     */
    public static void gather(
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
        Shapes.checkRank(rank);
        Shapes.checkRange("rank", rank, column, width);
        Shapes.checkRange("rows", rows.length, from, count);
        checkPanel("target", target.length, offset, count, stride, width);
        int last = -1;
        int negative = 0;
        for (int i = from; i < from + count; i++) {
            last = Math.max(last, rows[i]);
            negative |= rows[i];
        }
        Shapes.checkCount("rows", negative);
        Shapes.checkRows("matrix", matrix.byteSize(), last + 1L, rank);
        Kernels.provider().gather(matrix, rank, column, width, rows, from, count, target, offset, stride);
    }

    /**
     * {@code out[outOffset + r] += <row r, x[xOffset …]>} over {@code width} columns.
     *
     * @param rows row 0 begins at {@code offset}
     */
    public static void addProducts(
            float[] rows,
            int offset,
            int count,
            int stride,
            int width,
            float[] x,
            int xOffset,
            float[] out,
            int outOffset) {
        checkPanel("rows", rows.length, offset, count, stride, width);
        Shapes.checkRange("x", x.length, xOffset, width);
        Shapes.checkRange("out", out.length, outOffset, count);
        Kernels.provider().addProducts(rows, offset, count, stride, width, x, xOffset, out, outOffset);
    }

    /**
     * {@code out[outOffset + j] += Σ_r weights[weightsOffset + r]·row r[j]} over {@code width} columns; the sum is complete
     * in float32 before it is added.
     *
     * @param rows row 0 begins at {@code offset}
     */
    public static void addCombination(
            float[] rows,
            int offset,
            int count,
            int stride,
            int width,
            float[] weights,
            int weightsOffset,
            float[] out,
            int outOffset) {
        checkPanel("rows", rows.length, offset, count, stride, width);
        Shapes.checkRange("weights", weights.length, weightsOffset, count);
        Shapes.checkRange("out", out.length, outOffset, width);
        Kernels.provider().addCombination(rows, offset, count, stride, width, weights, weightsOffset, out, outOffset);
    }

    private static void checkPanel(String name, int length, int offset, int count, int stride, int width) {
        Shapes.checkCount("count", count);
        Shapes.checkCount("width", width);
        Shapes.checkCount("stride - width", (long) stride - width);
        Shapes.checkRange(name, length, offset, count == 0 ? 0 : (count - 1L) * stride + width);
    }
}
