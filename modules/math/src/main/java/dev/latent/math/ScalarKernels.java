package dev.latent.math;

import java.lang.foreign.MemorySegment;

/** The plain-loop provider: always available, and the reference the SIMD ones are compared with. */
final class ScalarKernels implements KernelProvider {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        float sum = 0f;
        for (int i = 0; i < length; i++) {
            sum += a[aOffset + i] * b[bOffset + i];
        }
        return sum;
    }

    @Override
    public float dot(MemorySegment a, long aOffsetBytes, float[] b, int bOffset, int length) {
        float sum = 0f;
        for (int i = 0; i < length; i++) {
            sum += a.get(Kernels.FLOAT32, aOffsetBytes + (long) i * Float.BYTES) * b[bOffset + i];
        }
        return sum;
    }

    @Override
    public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length) {
        for (int i = 0; i < length; i++) {
            y[yOffset + i] += alpha * x[xOffset + i];
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
        for (int row = from; row < to; row++) {
            scores[scoresOffset + row - from] = dot(items, row * rowBytes, query, queryOffset, rank);
        }
    }

    @Override
    public void gramianAdd(float[] left, float[] right, int offset, int rowCount, int rank, float[] gramian) {
        for (int row = 0; row < rowCount; row++) {
            int base = offset + row * rank;
            for (int i = 0; i < rank; i++) {
                axpy(left[base + i], right, base + i, gramian, i * rank + i, rank - i);
            }
        }
    }

    @Override
    public boolean choleskySolve(float[] a, int rank, float[] b, float[] scratch) {
        for (int k = 0; k < rank; k++) {
            float pivot = a[k * rank + k];
            if (!(pivot > 0f && pivot <= Float.MAX_VALUE)) {
                return false;
            }
            scale(a, k * rank + k, rank - k, (float) (1.0 / Math.sqrt(pivot)));
            for (int i = k + 1; i < rank; i++) {
                axpy(-a[k * rank + i], a, k * rank + i, a, i * rank + i, rank - i);
            }
        }
        substitute(a, rank, b);
        return true;
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
        for (int row = 0; row < count; row++) {
            long source = ((long) rows[from + row] * rank + column) * Float.BYTES;
            MemorySegment.copy(matrix, Kernels.FLOAT32, source, target, offset + row * stride, width);
        }
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
        for (int row = 0; row < count; row++) {
            out[outOffset + row] += dot(rows, offset + row * stride, x, xOffset, width);
        }
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
        for (int column = 0; column < width; column++) {
            float sum = 0f;
            for (int row = 0; row < count; row++) {
                sum += weights[weightsOffset + row] * rows[offset + row * stride + column];
            }
            out[outOffset + column] += sum;
        }
    }

    private static void scale(float[] a, int offset, int length, float factor) {
        for (int i = offset; i < offset + length; i++) {
            a[i] *= factor;
        }
    }

    /** Solves Uᵀy = b, then Ux = y. */
    private void substitute(float[] u, int rank, float[] b) {
        for (int i = 0; i < rank; i++) {
            b[i] /= u[i * rank + i];
            axpy(-b[i], u, i * rank + i + 1, b, i + 1, rank - i - 1);
        }
        for (int i = rank - 1; i >= 0; i--) {
            float known = dot(u, i * rank + i + 1, b, i + 1, rank - i - 1);
            b[i] = (b[i] - known) / u[i * rank + i];
        }
    }

    @Override
    public int panelWidth() {
        return 16;
    }

    @Override
    public void scorePanel(
            float[] queries, int count, int depth, float[] panel, float[] scores, int offset, int stride) {
        int width = panelWidth();
        for (int query = 0; query < count; query++) {
            for (int item = 0; item < width; item++) {
                float sum = 0;
                for (int k = 0; k < depth; k++) {
                    sum = Math.fma(queries[query * depth + k], panel[k * width + item], sum);
                }
                scores[query * stride + offset + item] = sum;
            }
        }
    }

    @Override
    public int findAtLeast(float[] scores, int from, int to, float threshold) {
        for (int index = from; index < to; index++) {
            if (scores[index] >= threshold) {
                return index;
            }
        }
        return to;
    }

    @Override
    public int countAtLeast(float[] scores, int from, int to, float threshold) {
        int count = 0;
        for (int index = from; index < to; index++) {
            count += scores[index] >= threshold ? 1 : 0;
        }
        return count;
    }
}
