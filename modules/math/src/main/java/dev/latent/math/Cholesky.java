package dev.latent.math;

/**
 * Solves symmetric positive definite systems in float32, in place, by the factorisation A = UᵀU (Golub and Van Loan,
 * Matrix Computations, 4.2). Row-major, so each row of the upper triangle is contiguous. Stateless and thread-safe.
 */
public final class Cholesky {

    private Cholesky() {}

    /**
     * Solves {@code a·x = b}.
     *
     * @param a the symmetric rank×rank matrix, row-major. Only the <b>upper</b> triangle (column ≥ row) is read, and it is
     *     overwritten with U. The strictly lower triangle is never read and may be overwritten
     * @param rank the order, at least 1
     * @param b the right-hand side, length at least {@code rank}; replaced by x. Not checked: a NaN in it comes out in x
     * @return false when {@code a} is not positive definite in float32 or holds a NaN or an infinity; {@code a} and
     *     {@code b} are then spoilt
     */
    public static boolean solve(float[] a, int rank, float[] b) {
        Shapes.checkSquare("a", a.length, rank);
        Shapes.checkRange("b", b.length, 0, rank);
        return Kernels.provider().choleskySolve(a, rank, b);
    }
}
