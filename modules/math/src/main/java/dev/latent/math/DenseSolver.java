package dev.latent.math;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Solves small symmetric positive definite systems in float64 (EJML's Cholesky), for fold-in and explanations where
 * accuracy matters more than speed. Stateless and thread-safe.
 */
public final class DenseSolver {

    private DenseSolver() {}

    /**
     * Solves {@code a·x = b}, leaving both arguments untouched.
     *
     * @param a the full symmetric n×n matrix, row-major
     * @param n the order, at least 1
     * @param b the right-hand side, length at least {@code n}
     * @return x of length {@code n}
     * @throws ArithmeticException when {@code a} is not positive definite, or {@code a} or {@code b} not finite
     */
    public static double[] solveSymmetric(double[] a, int n, double[] b) {
        return findSolution(a, n, b)
                .orElseThrow(() -> new ArithmeticException(
                        "the symmetric matrix of order %d is not positive definite or not finite; raise the regularization"
                                .formatted(n)));
    }

    /** As {@link #solveSymmetric}, empty where that throws {@link ArithmeticException}. */
    public static Optional<double[]> findSolution(double[] a, int n, double[] b) {
        Shapes.checkSquare("a", a.length, n);
        Shapes.checkRange("b", b.length, 0, n);
        if (!isFinite(a, n * n) || !isFinite(b, n)) {
            return Optional.empty();
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(n);
        DMatrixRMaj matrix = new DMatrixRMaj(n, n, true, Arrays.copyOf(a, n * n));
        if (!solver.setA(matrix)) {
            return Optional.empty();
        }
        DMatrixRMaj solution = new DMatrixRMaj(n, 1);
        solver.solve(new DMatrixRMaj(n, 1, true, Arrays.copyOf(b, n)), solution);
        return Optional.of(solution.data);
    }

    /**
     * Solves {@code a·x = b} without allocation, by the factorisation A = LLᵀ row by row (Golub and Van Loan, Matrix
     * Computations, 4.2).
     *
     * @param a the symmetric n×n matrix, row-major, of which the lower triangle is read; overwritten
     * @param n the order, at least 1
     * @param b the right-hand side, length at least {@code n}; replaced by x
     * @return false when {@code a} is not positive definite, or x not finite; {@code b} is then unspecified
     */
    public static boolean solveInPlace(double[] a, int n, double[] b) {
        Shapes.checkSquare("a", a.length, n);
        Shapes.checkRange("b", b.length, 0, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = a[i * n + j] - product(a, i * n, a, j * n, j);
                if (i == j && !(rest > 0 && rest <= Double.MAX_VALUE)) {
                    return false;
                }
                a[i * n + j] = i == j ? Math.sqrt(rest) : rest / a[j * n + j];
            }
            b[i] = (b[i] - product(a, i * n, b, 0, i)) / a[i * n + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            b[i] /= a[i * n + i];
            for (int j = 0; j < i; j++) {
                b[j] -= a[i * n + j] * b[i];
            }
        }
        return isFinite(b, n);
    }

    private static double product(double[] x, int xAt, double[] y, int yAt, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += x[xAt + i] * y[yAt + i];
        }
        return sum;
    }

    private static boolean isFinite(double[] values, int length) {
        for (int i = 0; i < length; i++) {
            if (!Double.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }
}
