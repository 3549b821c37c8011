package dev.latent.algorithms.wals;

import dev.latent.math.GatheredRows;
import dev.latent.math.SymmetricEigen;
import dev.latent.math.WorkerPool;
import dev.latent.spi.FloatMatrix;
import java.util.Arrays;

/**
 * Turns the vectors of a side into the axes of its Gramian, FᵀF = Q·Λ·Qᵀ, F ← F·Q: the Gramian is then diagonal, which
 * {@link DualRow} needs. A score is an inner product and the penalty a norm, so the other side, solved against the turned
 * vectors, comes out turned likewise and nothing else changes.
 */
final class PrincipalAxes {

    private static final int BLOCK_ROWS = 1 << 10;

    private final WorkerPool pool;
    private final int rank;
    private final float[][] rows;
    private final float[][] turned;
    private final float[] axes;

    PrincipalAxes(WorkerPool pool, int rank) {
        this.pool = pool;
        this.rank = rank;
        rows = new float[pool.threads()][rank];
        turned = new float[pool.threads()][rank];
        axes = new float[rank * rank];
    }

    /**
     * Turns {@code factors} and returns their Gramian, which is diagonal; leaves both as they are when the Gramian is not
     * finite.
     */
    double[] turn(FloatMatrix factors, double[] gramian) {
        return SymmetricEigen.of(gramian, rank)
                .map(eigen -> turn(factors, eigen))
                .orElse(gramian);
    }

    private double[] turn(FloatMatrix factors, SymmetricEigen eigen) {
        for (int i = 0; i < axes.length; i++) {
            axes[i] = (float) eigen.vectors()[i];
        }
        int count = Math.toIntExact(factors.rows());
        pool.run(Math.ceilDiv(count, BLOCK_ROWS), (block, worker) -> {
            int end = Math.min(count, (block + 1) * BLOCK_ROWS);
            for (int row = block * BLOCK_ROWS; row < end; row++) {
                turnRow(factors, row, rows[worker], turned[worker]);
            }
        });
        double[] diagonal = new double[rank * rank];
        for (int k = 0; k < rank; k++) {
            diagonal[k * rank + k] = Math.max(0, eigen.values()[k]);
        }
        return diagonal;
    }

    private void turnRow(FloatMatrix factors, int row, float[] source, float[] target) {
        factors.readRow(row, source, 0);
        Arrays.fill(target, 0f);
        GatheredRows.addCombination(axes, 0, rank, rank, rank, source, 0, target, 0);
        factors.writeRow(row, target, 0);
    }
}
