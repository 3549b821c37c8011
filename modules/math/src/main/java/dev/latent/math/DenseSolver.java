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

    private static boolean isFinite(double[] values, int length) {
        for (int i = 0; i < length; i++) {
            if (!Double.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }
}
