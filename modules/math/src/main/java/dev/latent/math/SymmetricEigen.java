package dev.latent.math;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The principal axes of a symmetric matrix, A = Q·diag(λ)·Qᵀ, in float64 (EJML's implicit symmetric QR). Repeatable bit for
 * bit, immutable.
 *
 * @param values the eigenvalues λ, in no particular order
 * @param vectors Q, n×n, row-major: column k is the unit eigenvector of {@code values[k]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record SymmetricEigen(double[] values, double[] vectors) {

    /**
     * Decomposes {@code a}, which is left untouched.
     *
     * @param a the full symmetric n×n matrix, row-major
     * @param n the order, at least 1
     * @return empty when {@code a} is not finite or the iteration does not converge
     */
    public static Optional<SymmetricEigen> of(double[] a, int n) {
        Shapes.checkSquare("a", a.length, n);
        for (int i = 0; i < n * n; i++) {
            if (!Double.isFinite(a[i])) {
                return Optional.empty();
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(n, true, true);
        if (!decomposition.decompose(new DMatrixRMaj(n, n, true, Arrays.copyOf(a, n * n)))) {
            return Optional.empty();
        }
        double[] values = new double[n];
        double[] vectors = new double[n * n];
        for (int k = 0; k < n; k++) {
            values[k] = decomposition.getEigenvalue(k).getReal();
            double[] vector = decomposition.getEigenVector(k).data;
            for (int i = 0; i < n; i++) {
                vectors[i * n + k] = vector[i];
            }
        }
        return Optional.of(new SymmetricEigen(values, vectors));
    }
}
