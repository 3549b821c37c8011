package dev.latent.algorithms.wals;

import dev.latent.spi.FloatMatrix;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The users, or the items: their interactions and the vectors that are trained.
 *
 * @param interactions one row for each of them
 * @param factors one row for each of them
 * @param biases one column, with ratings
 * @param weights of their pairs, one column, when they are not all 1
 * @param isNormalized whether the weights are of all that a row has in the objective, so that its own minimum is without them
 * @param recency what else each interaction weighs, one float32 each, when they are not all 1
 * @param blocks the rows that are solved by one thread at a time
 */
record Side(
        SparseRows interactions,
        FloatMatrix factors,
        Optional<FloatMatrix> biases,
        Optional<FloatMatrix> weights,
        boolean isNormalized,
        Optional<MemorySegment> recency,
        RowBlocks blocks) {

    /** Allocates vectors of zeros; weights are of liked pairs. */
    static Side allocate(Arena arena, SparseRows interactions, Optional<FloatMatrix> weights, WalsOptions options) {
        int rows = interactions.rows();
        return new Side(
                interactions,
                FloatMatrix.allocate(arena, rows, options.factors()),
                options.objective().explicit() ? Optional.of(FloatMatrix.allocate(arena, rows, 1)) : Optional.empty(),
                weights,
                false,
                Optional.empty(),
                RowBlocks.of(
                        interactions, options.solver().work(options.objective().order(options.factors()))));
    }

    /** The same rows and memory, their weights being of all that a row has in the objective. */
    Side normalized() {
        return new Side(interactions, factors, biases, weights, true, recency, blocks);
    }

    /** The same interactions, with weights of each, and copies of vectors and biases. */
    Side copy(Arena arena, MemorySegment recencyWeights) {
        return new Side(
                interactions,
                FloatMatrix.allocate(arena, factors.rows(), factors.columns()),
                biases.map(own -> FloatMatrix.allocate(arena, own.rows(), 1)),
                weights,
                isNormalized,
                Optional.of(recencyWeights),
                blocks);
    }

    /** Overwrites vectors and biases by those of a side of the same rows. */
    void copyFrom(Side other) {
        factors.segment().copyFrom(other.factors().segment());
        biases.ifPresent(
                own -> own.segment().copyFrom(other.biases().orElseThrow().segment()));
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

    /** Returns what the row weighs in its pairs when it is solved. */
    float weight(int row) {
        return weights.isPresent() && !isNormalized ? weights.get().get(row, 0) : 1f;
    }

    /** Returns what the row's part of the objective weighs. */
    float lossWeight(int row) {
        return weights.isPresent() && isNormalized ? weights.get().get(row, 0) : 1f;
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
