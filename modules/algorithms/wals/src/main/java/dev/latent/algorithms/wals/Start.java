package dev.latent.algorithms.wals;

import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import dev.latent.spi.FloatMatrix;
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

    /**
     * Overwrites the rows that the earlier version knows.
     *
     * @param known for each row its row in {@code factors}, or -1
     */
    static void takeOver(FloatMatrix factors, Optional<FloatMatrix> biases, int[] known, Side side) {
        float[] vector = new float[side.factors().columns()];
        for (int row = 0; row < side.size(); row++) {
            if (known[row] >= 0) {
                factors.readRow(known[row], vector, 0);
                side.factors().writeRow(row, vector, 0);
            }
        }
        if (biases.isPresent() && side.biases().isPresent()) {
            takeOver(biases.get(), known, side.biases().get());
        }
    }

    private static void takeOver(FloatMatrix source, int[] known, FloatMatrix target) {
        for (int row = 0; row < known.length; row++) {
            if (known[row] >= 0) {
                target.set(row, 0, source.get(known[row], 0));
            }
        }
    }
}
