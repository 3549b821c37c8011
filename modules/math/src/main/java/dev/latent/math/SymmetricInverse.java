package dev.latent.math;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * The inverse of a large symmetric positive definite matrix in float64, in its own memory.
 *
 * <p>Blocks of {@value #BLOCK} pivots are swept one after the other (the sweep operator of Beaton 1964, by blocks): with
 * D the inverse of a pivot block, by EJML, and P its columns, every other element becomes {@code a_ij − (P·D)_i·P_jᵀ},
 * the columns become {@code P·D} and the block −D; after all blocks the matrix is its own negative inverse. That is n³
 * multiply-adds for the lower triangle, nearly all of them in rank-{@value #BLOCK} updates that run from registers: four
 * rows by two vectors at a time. Each element is summed in one order, so any number of threads gives the same bytes.
 */
public final class SymmetricInverse {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int STRIP = 2 * LANES;
    private static final int TILE = 4;
    private static final int BLOCK = 128;
    private static final int TASK_ROWS = 32;

    private final double[][] a;
    private final int n;
    private final int strips;
    private final WorkerPool pool;
    private final Runnable cancellation;
    private final double[] panel;
    private final double[] packed;
    private final double[] product;

    private SymmetricInverse(double[][] a, WorkerPool pool, Runnable cancellation) {
        this.a = a;
        this.pool = pool;
        this.cancellation = cancellation;
        n = a.length;
        strips = Math.ceilDiv(n, STRIP);
        panel = new double[Math.multiplyExact(paddedRows(n), BLOCK)];
        packed = new double[Math.multiplyExact(strips * STRIP, BLOCK)];
        product = new double[panel.length];
    }

    private static int paddedRows(int rows) {
        return Math.ceilDiv(rows, TILE) * TILE;
    }

    /**
     * Allocates the lower triangle of a matrix of zeros.
     *
     * @param size number of rows, at least 0
     * @return row i has at least i + 1 elements; those behind them are scratch
     */
    public static double[][] allocate(int size) {
        Shapes.checkCount("size", size);
        double[][] rows = new double[size][];
        for (int row = 0; row < size; row++) {
            rows[row] = new double[Math.ceilDiv(row + 1, STRIP) * STRIP];
        }
        return rows;
    }

    /**
     * Returns the bytes of {@link #allocate} and the workspace of {@link #invert} together.
     *
     * @param size number of rows
     * @return about {@code 4·size²}; {@link Long#MAX_VALUE} when it exceeds that
     */
    public static long bytes(long size) {
        double padded = (double) size + STRIP;
        return (long) (Double.BYTES * padded * (padded / 2 + 3 * BLOCK));
    }

    /**
     * Overwrites a matrix with its inverse.
     *
     * @param a lower triangle from {@link #allocate}; row i holds the elements up to the diagonal
     * @param pool runs the updates
     * @param cancellation is run every few million multiply-adds, by any thread; what it throws ends the work
     * @return whether the matrix was positive definite; its content is lost otherwise
     * @throws IllegalArgumentException when a row is shorter than {@link #allocate} makes it
     */
    public static boolean invert(double[][] a, WorkerPool pool, Runnable cancellation) {
        for (int row = 0; row < a.length; row++) {
            Shapes.checkRange("row " + row, a[row].length, 0, (long) Math.ceilDiv(row + 1, STRIP) * STRIP);
        }
        return new SymmetricInverse(a, pool, cancellation).sweepAll();
    }

    private boolean sweepAll() {
        for (int first = 0; first < n; first += BLOCK) {
            if (!sweep(first, Math.min(BLOCK, n - first))) {
                return false;
            }
        }
        negate();
        return true;
    }

    private boolean sweep(int first, int width) {
        double[] pivot = invertPivot(first, width);
        if (pivot.length == 0) {
            return false;
        }
        pool.run(Math.ceilDiv(n, TASK_ROWS), (task, worker) -> gather(task, first, width, pivot));
        pool.run(strips, (strip, worker) -> pack(strip, width));
        pool.run(Math.ceilDiv(n, TASK_ROWS), (task, worker) -> update(task, first, width, pivot));
        return true;
    }

    /** Returns the inverse of the pivot block, or nothing when it is not positive definite. */
    private double[] invertPivot(int first, int width) {
        DMatrixRMaj block = new DMatrixRMaj(width, width);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                block.set(i, j, a[first + i][first + j]);
                block.set(j, i, a[first + i][first + j]);
            }
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(width);
        if (!solver.setA(block)) {
            return new double[0];
        }
        DMatrixRMaj inverse = new DMatrixRMaj(width, width);
        solver.invert(inverse);
        for (double element : inverse.data) {
            if (!Double.isFinite(element)) {
                return new double[0];
            }
        }
        return inverse.data;
    }

    /** Copies the pivot columns of some rows into the panel, and multiplies them by the inverted block. */
    private void gather(int task, int first, int width, double[] pivot) {
        int end = Math.min(n, (task + 1) * TASK_ROWS);
        for (int row = task * TASK_ROWS; row < end; row++) {
            int at = row * BLOCK;
            for (int k = 0; k < width; k++) {
                panel[at + k] = row >= first + k ? a[row][first + k] : a[first + k][row];
            }
            Arrays.fill(product, at, at + width, 0);
            for (int k = 0; k < width; k++) {
                addScaled(panel[at + k], pivot, k * width, product, at, width);
            }
        }
    }

    private static void addScaled(double factor, double[] x, int xAt, double[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] = Math.fma(factor, x[xAt + i], y[yAt + i]);
        }
    }

    /** Lays a strip of panel rows out so that the update reads it from front to back. */
    private void pack(int strip, int width) {
        int firstRow = strip * STRIP;
        int rows = Math.min(STRIP, n - firstRow);
        for (int k = 0; k < width; k++) {
            for (int s = 0; s < rows; s++) {
                packed[(strip * BLOCK + k) * STRIP + s] = panel[(firstRow + s) * BLOCK + k];
            }
        }
    }

    private void update(int task, int first, int width, double[] pivot) {
        cancellation.run();
        int begin = task * TASK_ROWS;
        int end = Math.min(n, begin + TASK_ROWS);
        if (begin >= first && begin < first + width) {
            replacePivotRows(begin, end, first, width, pivot);
            return;
        }
        int lastStrip = (end - 1) / STRIP;
        for (int strip = 0; strip <= lastStrip; strip++) {
            int column = strip * STRIP;
            if (column >= first && column < first + width) {
                continue;
            }
            for (int row = Math.max(begin, column / TILE * TILE); row < end; row += TILE) {
                updateTile(row, Math.min(TILE, end - row), strip, width);
            }
        }
        for (int row = Math.max(begin, first + width); row < end; row++) {
            System.arraycopy(product, row * BLOCK, a[row], first, width);
        }
    }

    private void replacePivotRows(int begin, int end, int first, int width, double[] pivot) {
        for (int row = begin; row < end; row++) {
            int k = row - first;
            for (int column = 0; column < first; column++) {
                a[row][column] = product[column * BLOCK + k];
            }
            for (int column = first; column <= row; column++) {
                a[row][column] = -pivot[k * width + column - first];
            }
        }
    }

    private void updateTile(int row, int rows, int strip, int width) {
        if (rows == TILE) {
            updateFour(row, strip, width);
            return;
        }
        for (int i = row; i < row + rows; i++) {
            updateOne(i, strip, width);
        }
    }

    private void updateFour(int row, int strip, int width) {
        int column = strip * STRIP;
        int second = column + LANES;
        double[] r0 = a[row];
        double[] r1 = a[row + 1];
        double[] r2 = a[row + 2];
        double[] r3 = a[row + 3];
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, r0, column);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, r0, second);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, r1, column);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, r1, second);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, r2, column);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, r2, second);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, r3, column);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, r3, second);
        int at = strip * BLOCK * STRIP;
        int left = row * BLOCK;
        for (int k = 0; k < width; k++, at += STRIP) {
            DoubleVector p0 = DoubleVector.fromArray(SPECIES, packed, at);
            DoubleVector p1 = DoubleVector.fromArray(SPECIES, packed, at + LANES);
            DoubleVector t = DoubleVector.broadcast(SPECIES, -product[left + k]);
            c00 = t.fma(p0, c00);
            c01 = t.fma(p1, c01);
            t = DoubleVector.broadcast(SPECIES, -product[left + BLOCK + k]);
            c10 = t.fma(p0, c10);
            c11 = t.fma(p1, c11);
            t = DoubleVector.broadcast(SPECIES, -product[left + 2 * BLOCK + k]);
            c20 = t.fma(p0, c20);
            c21 = t.fma(p1, c21);
            t = DoubleVector.broadcast(SPECIES, -product[left + 3 * BLOCK + k]);
            c30 = t.fma(p0, c30);
            c31 = t.fma(p1, c31);
        }
        c00.intoArray(r0, column);
        c01.intoArray(r0, second);
        c10.intoArray(r1, column);
        c11.intoArray(r1, second);
        c20.intoArray(r2, column);
        c21.intoArray(r2, second);
        c30.intoArray(r3, column);
        c31.intoArray(r3, second);
    }

    /** The same sums in the same order for a row that fills no tile. */
    private void updateOne(int row, int strip, int width) {
        double[] target = a[row];
        for (int s = 0; s < STRIP; s++) {
            double sum = target[strip * STRIP + s];
            for (int k = 0; k < width; k++) {
                sum = Math.fma(-product[row * BLOCK + k], packed[(strip * BLOCK + k) * STRIP + s], sum);
            }
            target[strip * STRIP + s] = sum;
        }
    }

    private void negate() {
        for (int row = 0; row < n; row++) {
            double[] values = a[row];
            for (int column = 0; column <= row; column++) {
                values[column] = -values[column];
            }
        }
    }
}
