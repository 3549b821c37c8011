package dev.latent.math;

import java.util.Arrays;

/**
 * A reusable workspace for one row of weighted ridge regression, the inner problem of alternating least squares. It solves
 *
 * <pre>( scale·G + Σ weight·h·hᵀ + λI ) x = Σ rhsWeight·h</pre>
 *
 * over any number of rows h: call {@link #begin}, then {@link #add} for each row, then {@link #solve}. Rows are gathered
 * into blocks that stay in the first-level cache (Rendle et al., "Revisiting the performance of iALS", RecSys 2022, for
 * the problem). Nothing is allocated after construction. Not thread-safe: one for each worker.
 */
public final class RidgeSolver {

    private static final int BLOCK_ROWS = 64;

    private final int rank;
    private final float[] system;
    private final float[] rightHandSide;
    private final float[] rows;
    private final float[] scaledRows;
    private final float[] scratch;
    private boolean unitWeights;
    private int pending;

    /** A workspace for factors of {@code rank} float32. */
    public RidgeSolver(int rank) {
        Shapes.checkRank(rank);
        this.rank = rank;
        system = new float[rank * rank];
        rightHandSide = new float[rank];
        rows = new float[BLOCK_ROWS * rank];
        scaledRows = new float[BLOCK_ROWS * rank];
        scratch = new float[Cholesky.scratchLength(rank)];
    }

    /** The order of the system. */
    public int rank() {
        return rank;
    }

    /**
     * Starts a row: the system becomes scale·baseGramian + λI, each product rounded to float32 once, and the right-hand side 0.
     *
     * @param baseGramian rank×rank, row-major; only its upper triangle need be valid
     */
    public void begin(double[] baseGramian, double scale, float lambda) {
        Shapes.checkRange("baseGramian", baseGramian.length, 0, (long) rank * rank);
        for (int i = 0; i < rank * rank; i++) {
            system[i] = (float) (scale * baseGramian[i]);
        }
        for (int i = 0; i < rank; i++) {
            system[i * rank + i] += lambda;
        }
        Arrays.fill(rightHandSide, 0f);
        pending = 0;
        unitWeights = true;
    }

    /**
     * Adds weight·h·hᵀ to the system and rhsWeight·h to the right-hand side, h being {@code rank} elements of
     * {@code source} from {@code offset}.
     */
    public void add(float[] source, int offset, float weight, float rhsWeight) {
        Shapes.checkRange("source", source.length, offset, rank);
        int base = pending * rank;
        System.arraycopy(source, offset, rows, base, rank);
        Gramians.scale(weight, rows, base, scaledRows, rank);
        Kernels.provider().axpy(rhsWeight, rows, base, rightHandSide, 0, rank);
        unitWeights &= weight == 1f;
        if (++pending == BLOCK_ROWS) {
            flush();
        }
    }

    private void flush() {
        Kernels.provider().gramianAdd(unitWeights ? rows : scaledRows, rows, 0, pending, rank, system);
        pending = 0;
        unitWeights = true;
    }

    /**
     * Solves the system and writes x to {@code out} from {@code offset}. {@link #begin} must come before the next row.
     *
     * @return false, with {@code out} untouched, when the system is not positive definite in float32
     */
    public boolean solve(float[] out, int offset) {
        Shapes.checkRange("out", out.length, offset, rank);
        flush();
        if (!Kernels.provider().choleskySolve(system, rank, rightHandSide, scratch)) {
            return false;
        }
        System.arraycopy(rightHandSide, 0, out, offset, rank);
        return true;
    }
}
