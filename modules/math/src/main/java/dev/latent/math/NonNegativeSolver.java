package dev.latent.math;

import java.util.Optional;

/**
 * Minimises {@code ½·xᵀAx − bᵀx} without negative elements in x, in float64: the non-negative least squares of normal
 * equations, by cyclic coordinate descent (Franc, Hlaváč, Navara, "Sequential coordinate-wise algorithm for the
 * non-negative least squares problem", CAIP 2005). For a positive definite A the minimum is unique. Stateless and
 * thread-safe.
 */
public final class NonNegativeSolver {

    /** Passes after which the answer is taken as it is; ill-conditioned systems of order 64 have needed a few hundred. */
    private static final int MAXIMUM_PASSES = 2000;

    /** Largest change of a pass, relative to the largest element, at which x stands still. */
    private static final double STANDSTILL = 1e-9;

    private NonNegativeSolver() {}

    /**
     * Solves from zeros.
     *
     * @param a the full symmetric n×n matrix, row-major; left as it is
     * @param n the order, at least 1
     * @param bounded the first so many elements of x must not be negative, the others are free
     * @param b the right-hand side, length at least {@code n}; left as it is
     * @return x, or empty when a diagonal element of {@code a} is not above 0, or a number is not finite
     */
    public static Optional<double[]> findSolution(double[] a, int n, int bounded, double[] b) {
        Shapes.checkSquare("a", a.length, n);
        Shapes.checkRange("b", b.length, 0, n);
        double[] x = new double[n];
        return improve(a, n, bounded, b, x, new double[n]) ? Optional.of(x) : Optional.empty();
    }

    /**
     * Solves from what {@code x} holds, without allocation.
     *
     * @param x length at least {@code n}; the start, of which negative elements among the bounded ones count as 0, and the
     *     result
     * @param residual length at least {@code n}; overwritten by {@code b − A·x}
     * @return false when a diagonal element of {@code a} is not above 0, or a number is not finite
     */
    public static boolean improve(double[] a, int n, int bounded, double[] b, double[] x, double[] residual) {
        Shapes.checkSquare("a", a.length, n);
        Shapes.checkRange("b", b.length, 0, n);
        Shapes.checkRange("x", x.length, 0, n);
        Shapes.checkRange("residual", residual.length, 0, n);
        Shapes.checkRange("bounded", n, 0, bounded);
        System.arraycopy(b, 0, residual, 0, n);
        for (int i = 0; i < bounded; i++) {
            x[i] = Math.max(0, x[i]);
        }
        for (int i = 0; i < n; i++) {
            subtract(a, n, i, x[i], residual);
        }
        for (int pass = 0; pass < MAXIMUM_PASSES; pass++) {
            double change = 0;
            double largest = 0;
            for (int i = 0; i < n; i++) {
                double curvature = a[i * n + i];
                if (!(curvature > 0)) {
                    return false;
                }
                double free = x[i] + residual[i] / curvature;
                double next = i < bounded ? Math.max(0, free) : free;
                if (!Double.isFinite(next)) {
                    return false;
                }
                double step = next - x[i];
                if (step != 0) {
                    subtract(a, n, i, step, residual);
                    x[i] = next;
                }
                change = Math.max(change, Math.abs(step));
                largest = Math.max(largest, Math.abs(next));
            }
            if (change <= STANDSTILL * largest) {
                break;
            }
        }
        return true;
    }

    /** {@code residual −= step·column i}, which is row i. */
    private static void subtract(double[] a, int n, int i, double step, double[] residual) {
        int row = i * n;
        for (int j = 0; j < n; j++) {
            residual[j] -= step * a[row + j];
        }
    }
}
