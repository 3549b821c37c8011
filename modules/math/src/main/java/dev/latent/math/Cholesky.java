package dev.latent.math;

/**
 * Solves symmetric positive definite systems in float32, in place, by the factorisation A = UᵀU (Golub and Van Loan,
 * Matrix Computations, 4.2). Row-major, so each row of the upper triangle is contiguous. Stateless and thread-safe.
 */
public final class Cholesky {

    private Cholesky() {}

    /** The length of scratch that a solve of this order needs. */
    public static int scratchLength(int rank) {
        Shapes.checkRank(rank);
        return VectorCholesky.PIVOTS * rank + VectorCholesky.TRIANGLE;
    }

    /** As {@link #solve(float[], int, float[], float[])} with a scratch of its own. */
    public static boolean solve(float[] a, int rank, float[] b) {
        return solve(a, rank, b, new float[scratchLength(rank)]);
    }

    /**
     * Solves {@code a·x = b}.
     *
     * @param a the symmetric rank×rank matrix, row-major. Only the <b>upper</b> triangle (column ≥ row) is read; the whole
     *     matrix is unspecified afterwards
     * @param rank the order, at least 1
     * @param b the right-hand side, length at least {@code rank}; replaced by x. Not checked: a NaN in it comes out in x
     * @param scratch overwritten; length at least {@link #scratchLength}
     * @return false when {@code a} is not positive definite in float32 or holds a NaN or an infinity; {@code a} and
     *     {@code b} are then spoilt
     */
    public static boolean solve(float[] a, int rank, float[] b, float[] scratch) {
        Shapes.checkSquare("a", a.length, rank);
        Shapes.checkRange("b", b.length, 0, rank);
        Shapes.checkRange("scratch", scratch.length, 0, scratchLength(rank));
        return Kernels.provider().choleskySolve(a, rank, b, scratch);
    }
}
