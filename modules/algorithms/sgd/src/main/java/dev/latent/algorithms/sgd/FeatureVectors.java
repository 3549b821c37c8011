package dev.latent.algorithms.sgd;

import dev.latent.math.WorkerPool;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.SparseRows;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Vectors and biases of the features of users or items. An entity's vector is its own plus the sum of its features' vectors,
 * each times its weight (Kula, "Metadata embeddings for user and item cold-start recommendations", 2015), so an entity
 * without interactions still has one.
 *
 * <p>A row of the {@link RowTable} holds the whole vector {@code q}, and regularization pulls its own part {@code q − Σ w·v} and
 * not {@code q} towards zero: steps need no lock on features that many items share. Between epochs {@link #fit} descends the
 * same objective by the features' vectors, whose part of it is a ridge regression of the whole vectors on the features,
 * rows weighing as much as their regularization does: Gauss-Seidel, feature by feature, in float64, each chunk of
 * factors by one thread. Nothing depends on the number of threads.
 */
final class FeatureVectors {

    private static final int PASSES = 2;
    private static final int CHUNK = 8;

    private final RowTable table;
    private final boolean own;
    private final int features;
    private final int[] starts;
    private final int[] rows;
    private final float[] weights;
    private final double[] strengths;
    private final boolean[] interacts;
    private final boolean[] featured;
    private final double ridge;
    private final float[] factors;
    private final float[] biases;

    /**
     * Prepares features without any vector yet.
     *
     * @param matrix one row an entity, one column a feature
     * @param counts interactions of each entity
     * @param exponent how a row's regularization grows with them
     * @param own whether entities have vectors of their own beside those of their features
     */
    FeatureVectors(RowTable table, SparseRows matrix, IntUnaryOperator counts, double exponent, boolean own) {
        this.table = table;
        this.own = own;
        features = matrix.columns();
        starts = new int[features + 1];
        rows = new int[Math.toIntExact(matrix.count())];
        weights = new float[rows.length];
        featured = new boolean[table.rows()];
        transpose(matrix);
        strengths = new double[table.rows()];
        interacts = new boolean[table.rows()];
        double sum = 0;
        int used = 0;
        for (int row = 0; row < strengths.length; row++) {
            int count = counts.applyAsInt(table.number(row));
            interacts[row] = count > 0;
            strengths[row] = count == 0 ? 0 : Math.pow(count, exponent);
            sum += strengths[row];
            used += count == 0 ? 0 : 1;
        }
        ridge = used == 0 ? 1 : sum / used;
        factors = new float[Math.multiplyExact(features, table.rank())];
        biases = new float[features];
    }

    /** By feature, rows ascending. */
    private void transpose(SparseRows matrix) {
        for (long position = 0; position < rows.length; position++) {
            starts[matrix.index(position) + 1]++;
        }
        for (int feature = 0; feature < features; feature++) {
            starts[feature + 1] += starts[feature];
        }
        int[] next = starts.clone();
        for (int row = 0; row < table.rows(); row++) {
            int number = table.number(row);
            for (long position = matrix.start(number); position < matrix.end(number); position++) {
                int slot = next[matrix.index(position)]++;
                rows[slot] = row;
                weights[slot] = matrix.value(position);
                featured[row] = true;
            }
        }
    }

    /** Fits the features to the rows as they are now, and gives rows that have nothing else their features' sum. */
    void fit(WorkerPool pool) {
        int chunks = Math.ceilDiv(table.rank(), CHUNK);
        pool.run(chunks + 1, (chunk, worker) -> {
            if (chunk == chunks) {
                fitBiases();
            } else {
                fitFactors(chunk * CHUNK, Math.min(table.rank(), (chunk + 1) * CHUNK));
            }
        });
        for (int row = 0; row < table.rows(); row++) {
            if (featured[row] && (!own || !interacts[row])) {
                for (int factor = 0; factor < table.rank(); factor++) {
                    table.setFactor(row, factor, table.prior(row, factor));
                }
                table.set(row, RowTable.BIAS, table.biasPrior(row));
            }
        }
    }

    private void fitFactors(int from, int to) {
        double[] target = new double[to - from];
        for (int pass = 0; pass < PASSES; pass++) {
            for (int feature = 0; feature < features; feature++) {
                Arrays.fill(target, 0);
                double mass = ridge;
                for (int slot = starts[feature]; slot < starts[feature + 1]; slot++) {
                    int row = rows[slot];
                    double strength = strengths[row] * weights[slot];
                    mass += strength * weights[slot];
                    for (int factor = from; strength != 0 && factor < to; factor++) {
                        double rest = table.factor(row, factor) - table.prior(row, factor);
                        double part = (double) weights[slot] * factors[feature * table.rank() + factor];
                        target[factor - from] += strength * (rest + part);
                    }
                }
                for (int factor = from; factor < to; factor++) {
                    moveFactor(feature, factor, (float) (target[factor - from] / mass));
                }
            }
        }
    }

    private void moveFactor(int feature, int factor, float value) {
        int at = feature * table.rank() + factor;
        float change = value - factors[at];
        factors[at] = value;
        for (int slot = starts[feature]; slot < starts[feature + 1]; slot++) {
            table.addToPrior(rows[slot], factor, weights[slot] * change);
        }
    }

    private void fitBiases() {
        for (int pass = 0; pass < PASSES; pass++) {
            for (int feature = 0; feature < features; feature++) {
                double target = 0;
                double mass = ridge;
                for (int slot = starts[feature]; slot < starts[feature + 1]; slot++) {
                    double strength = strengths[rows[slot]] * weights[slot];
                    double rest = table.bias(rows[slot]) - table.biasPrior(rows[slot]);
                    mass += strength * weights[slot];
                    target += strength * (rest + (double) weights[slot] * biases[feature]);
                }
                float value = (float) (target / mass);
                for (int slot = starts[feature]; slot < starts[feature + 1]; slot++) {
                    table.addToBiasPrior(rows[slot], weights[slot] * (value - biases[feature]));
                }
                biases[feature] = value;
            }
        }
    }

    int count() {
        return features;
    }

    /** Copies the vectors from the first one on, as many as there are rows, times {@code scale}. */
    void writeFactors(FloatMatrix target, int first, float scale) {
        for (int row = 0; row < target.rows(); row++) {
            for (int factor = 0; factor < table.rank(); factor++) {
                target.set(row, factor, scale * factors[(first + row) * table.rank() + factor]);
            }
        }
    }

    /** Copies the biases from the first one on, as many as there are rows, times {@code scale}. */
    void writeBiases(FloatMatrix target, int first, float scale) {
        for (int row = 0; row < target.rows(); row++) {
            target.set(row, 0, scale * biases[first + row]);
        }
    }
}
