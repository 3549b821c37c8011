package dev.latent.algorithms.wals;

import dev.latent.spi.FloatMatrix;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * The users, or the items: their interactions and the vectors that are trained.
 *
 * @param interactions one row for each of them
 * @param factors one row for each of them
 * @param biases one column, with ratings
 * @param weights of their pairs, one column, when they are not all 1
 * @param blocks the rows that are solved by one thread at a time
 */
record Side(
        SparseRows interactions,
        FloatMatrix factors,
        Optional<FloatMatrix> biases,
        Optional<FloatMatrix> weights,
        RowBlocks blocks) {

    /** Allocates vectors of zeros. */
    static Side allocate(Arena arena, SparseRows interactions, Optional<FloatMatrix> weights, WalsOptions options) {
        int rows = interactions.rows();
        return new Side(
                interactions,
                FloatMatrix.allocate(arena, rows, options.factors()),
                options.objective().explicit() ? Optional.of(FloatMatrix.allocate(arena, rows, 1)) : Optional.empty(),
                weights,
                RowBlocks.of(
                        interactions, options.solver().work(options.objective().order(options.factors()))));
    }

    int size() {
        return interactions.rows();
    }

    /** The length of the longest row. */
    int longest() {
        int longest = 0;
        for (int row = 0; row < interactions.rows(); row++) {
            longest = Math.max(longest, interactions.length(row));
        }
        return longest;
    }

    /** Returns what the row weighs in its pairs. */
    float weight(int row) {
        return weights.isPresent() ? weights.get().get(row, 0) : 1f;
    }

    /** Copies a row, with its bias last, into {@code target}. */
    void read(int row, float[] target) {
        factors.readRow(row, target, 0);
        if (biases.isPresent()) {
            target[factors.columns()] = biases.get().get(row, 0);
        }
    }

    /** Overwrites a row, and its bias by what comes last. */
    void write(int row, float[] source) {
        factors.writeRow(row, source, 0);
        if (biases.isPresent()) {
            biases.get().set(row, 0, source[factors.columns()]);
        }
    }
}
