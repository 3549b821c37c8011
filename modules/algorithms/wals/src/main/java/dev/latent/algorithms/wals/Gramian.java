package dev.latent.algorithms.wals;

import dev.latent.math.Kernels;
import dev.latent.math.WorkerPool;
import dev.latent.spi.FloatMatrix;

/** MᵀM of a tall matrix by all threads: fixed parts of the rows, added in float64 in the order of the parts. */
final class Gramian {

    /** What the parts may take together; it bounds their number at large ranks. */
    private static final long PARTS_BYTES = 1L << 26;

    private static final int MAXIMUM_PARTS = 64;
    private static final int MINIMUM_ROWS = 1 << 12;

    private Gramian() {}

    /** Returns the full symmetric rank×rank matrix, row-major. */
    static double[] of(WorkerPool pool, FloatMatrix matrix) {
        int rank = matrix.columns();
        int parts = parts(matrix.rows(), rank);
        double[][] sums = new double[parts][rank * rank];
        long share = Math.ceilDiv(matrix.rows(), parts);
        pool.run(parts, (part, worker) -> {
            long first = Math.min(matrix.rows(), part * share);
            long rows = Math.min(share, matrix.rows() - first);
            long rowBytes = (long) rank * Float.BYTES;
            Kernels.gramian(matrix.segment().asSlice(first * rowBytes, rows * rowBytes), rows, rank, sums[part]);
        });
        for (int part = 1; part < parts; part++) {
            add(sums[part], sums[0]);
        }
        return sums[0];
    }

    private static int parts(long rows, int rank) {
        long affordable = PARTS_BYTES / ((long) rank * rank * Double.BYTES);
        long useful = Math.ceilDiv(rows, MINIMUM_ROWS);
        return (int) Math.max(1, Math.min(MAXIMUM_PARTS, Math.min(affordable, useful)));
    }

    private static void add(double[] source, double[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] += source[i];
        }
    }

    /** Returns tr(A·B) of two symmetric matrices: Σ over all pairs of ⟨w_u, h_i⟩² when they are UᵀU and VᵀV. */
    static double traceOfProduct(double[] a, double[] b) {
        double trace = 0;
        for (int i = 0; i < a.length; i++) {
            trace += a[i] * b[i];
        }
        return trace;
    }
}
