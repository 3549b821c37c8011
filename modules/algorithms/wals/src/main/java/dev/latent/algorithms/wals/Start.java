package dev.latent.algorithms.wals;

import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.PreviousVersion;
import java.util.Optional;

/** The vectors that training starts from: random, or those of an earlier version. */
final class Start {

    private static final int BLOCK_ROWS = 1 << 12;

    private Start() {}

    /**
     * Draws every row from N(0, σ²), each from a stream of its own so that it does not depend on the other rows.
     *
     * @param firstStream stream of row 0; row r draws from {@code firstStream + r}
     */
    static void randomize(WorkerPool pool, FloatMatrix factors, double deviation, long seed, long firstStream) {
        int blocks = Math.toIntExact(Math.ceilDiv(factors.rows(), BLOCK_ROWS));
        pool.run(blocks, (block, worker) -> {
            SeededRandom random = SeededRandom.of(seed, firstStream);
            float[] vector = new float[factors.columns()];
            long first = (long) block * BLOCK_ROWS;
            for (long row = first; row < Math.min(factors.rows(), first + BLOCK_ROWS); row++) {
                random.reseed(seed, firstStream + row);
                for (int i = 0; i < vector.length; i++) {
                    vector[i] = (float) (deviation * random.nextGaussian());
                }
                factors.writeRow(row, vector, 0);
            }
        });
    }

    /** Replaces every element by its absolute value. */
    static void removeSigns(FloatMatrix factors) {
        for (long row = 0; row < factors.rows(); row++) {
            for (int i = 0; i < factors.columns(); i++) {
                factors.set(row, i, Math.abs(factors.get(row, i)));
            }
        }
    }

    /** Overwrites the rows of those items that the earlier version knows. */
    static void takeOver(PreviousVersion previous, Side items) {
        EmbeddingModel model = previous.model();
        float[] vector = new float[items.factors().columns()];
        for (int item = 0; item < items.size(); item++) {
            int row = previous.items()[item];
            if (row >= 0) {
                model.items().readRow(row, vector, 0);
                items.factors().writeRow(item, vector, 0);
            }
        }
        items.biases().ifPresent(biases -> takeOver(model.itemBiases(), previous.items(), biases));
    }

    private static void takeOver(Optional<FloatMatrix> source, int[] rows, FloatMatrix target) {
        source.ifPresent(biases -> {
            for (int item = 0; item < rows.length; item++) {
                if (rows[item] >= 0) {
                    target.set(item, 0, biases.get(rows[item], 0));
                }
            }
        });
    }
}
