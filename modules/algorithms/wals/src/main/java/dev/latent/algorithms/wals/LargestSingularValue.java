package dev.latent.algorithms.wals;

import dev.latent.math.WorkerPool;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;

/**
 * σ₁ of the matrix of liked pairs, each weighing {@code c_ui·√q_i / √(#_u·#_i)}, by power iteration in float64. It starts from
 * the roots of the rows' frequencies, near the singular vector already, so a few passes give the value to about a
 * percent. Every element is one row's sum, so the result does not depend on the number of threads.
 */
final class LargestSingularValue {

    private static final int PASSES = 6;
    private static final int BLOCK_ROWS = 1 << 10;

    private final Objective objective;
    private final ConfidenceTable confidence;
    private final Snapshot snapshot;
    private final WorkerPool pool;
    private final double[] userScales;
    private final double[] itemScales;

    LargestSingularValue(
            Objective objective, Snapshot snapshot, LikedCounts users, LikedCounts items, WorkerPool pool) {
        this.objective = objective;
        this.confidence = new ConfidenceTable(objective.confidence());
        this.snapshot = snapshot;
        this.pool = pool;
        userScales = scales(users, items.rows(), 0);
        itemScales = scales(items, users.rows(), objective.pairWeights().itemNormalization());
    }

    /** {@code √(q/#)} of each row. */
    private double[] scales(LikedCounts counts, int columns, double normalization) {
        double[] scales = new double[counts.rows()];
        for (int row = 0; row < scales.length; row++) {
            double frequency = counts.of(row) + objective.unobservedWeight() * columns;
            scales[row] = frequency > 0 ? Math.sqrt(counts.weight(row, normalization) / frequency) : 0;
        }
        return scales;
    }

    /** Returns the value; 0 when nothing is liked. */
    double value() {
        double[] items = new double[itemScales.length];
        for (int item = 0; item < items.length; item++) {
            items[item] = itemScales[item] > 0 ? 1 / itemScales[item] : 0;
        }
        double[] users = new double[userScales.length];
        double value = 0;
        normalize(items);
        for (int pass = 0; pass < PASSES; pass++) {
            multiply(snapshot.byUser(), userScales, itemScales, items, users);
            value = normalize(users);
            multiply(snapshot.byItem(), itemScales, userScales, users, items);
            normalize(items);
        }
        return value;
    }

    private void multiply(SparseRows rows, double[] rowScales, double[] columnScales, double[] x, double[] y) {
        pool.run(Math.ceilDiv(rows.rows(), BLOCK_ROWS), (block, _) -> {
            int end = Math.min(rows.rows(), (block + 1) * BLOCK_ROWS);
            for (int row = block * BLOCK_ROWS; row < end; row++) {
                double sum = 0;
                for (long position = rows.start(row); position < rows.end(row); position++) {
                    float value = rows.value(position);
                    if (value >= objective.minimumValue()) {
                        int column = rows.index(position);
                        sum += confidence.weight(value) * columnScales[column] * x[column];
                    }
                }
                y[row] = rowScales[row] * sum;
            }
        });
    }

    /** Makes the vector's length 1 and returns what it was. */
    private static double normalize(double[] vector) {
        double sum = 0;
        for (double element : vector) {
            sum += element * element;
        }
        double length = Math.sqrt(sum);
        for (int i = 0; i < vector.length && length > 0; i++) {
            vector[i] /= length;
        }
        return length;
    }
}
