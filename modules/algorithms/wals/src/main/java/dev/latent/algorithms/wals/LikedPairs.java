package dev.latent.algorithms.wals;

import dev.latent.spi.SparseRows;
import java.lang.foreign.MemorySegment;

/**
 * The liked pairs of one row, or of a part of it, as the solvers read them: whose vectors, by which root of the weight, and
 * what they are to explain. One for each worker: nothing is allocated for a row. Not thread-safe.
 */
final class LikedPairs {

    private static final int CHUNK = 1 << 10;

    private final Objective objective;
    private final ConfidenceTable confidence;
    private final int[] readColumns = new int[CHUNK];
    private final float[] readValues = new float[CHUNK];
    private final int[] columns;
    private final float[] roots;
    private final float[] targets;
    private int count;
    private boolean weighted;
    private double squaredTargets;
    private double weight;

    /** Room for {@code capacity} pairs. */
    LikedPairs(Objective objective, int capacity) {
        this.objective = objective;
        confidence = new ConfidenceTable(objective.confidence());
        columns = new int[capacity];
        roots = new float[capacity];
        targets = new float[capacity];
    }

    /**
     * Reads the liked ones among the interactions {@code from} to {@code to - 1}, at most the capacity.
     *
     * @param rowWeight of the row's own
     */
    void read(SparseRows interactions, FixedSide fixed, float rowWeight, long from, long to) {
        count = 0;
        weighted = false;
        squaredTargets = 0;
        weight = 0;
        for (long position = from; position < to; position += CHUNK) {
            int length = (int) Math.min(CHUNK, to - position);
            MemorySegment.copy(
                    interactions.indices(), SparseRows.INT32, position * Integer.BYTES, readColumns, 0, length);
            MemorySegment.copy(
                    interactions.values(), SparseRows.FLOAT32, position * Float.BYTES, readValues, 0, length);
            for (int i = 0; i < length; i++) {
                if (readValues[i] >= objective.minimumValue()) {
                    add(fixed, rowWeight, readColumns[i], readValues[i]);
                }
            }
        }
    }

    /** Reads the same of a row of {@code side}, with the row's weight and those of its interactions. */
    void read(Side side, FixedSide fixed, int row, long from, long to) {
        read(side.interactions(), fixed, side.weight(row), from, to);
        if (side.recency().isPresent()) {
            multiply(side.interactions(), side.recency().get(), from, to);
        }
    }

    /** Multiplies the weights of the pairs that were read by those of their interactions. */
    private void multiply(SparseRows interactions, MemorySegment recency, long from, long to) {
        weighted = true;
        squaredTargets = 0;
        weight = 0;
        int pair = 0;
        for (long position = from; position < to; position++) {
            if (interactions.value(position) >= objective.minimumValue()) {
                float root = (float) Math.sqrt(recency.get(SparseRows.FLOAT32, position * Float.BYTES));
                roots[pair] *= root;
                targets[pair] *= root;
                weight += (double) roots[pair] * roots[pair];
                squaredTargets += (double) targets[pair] * targets[pair];
                pair++;
            }
        }
    }

    private void add(FixedSide fixed, float rowWeight, int column, float value) {
        double pairWeight = confidence.weight(value) * rowWeight * fixed.weight(column);
        float target = fixed.target(column, value);
        float root = 1f;
        if (pairWeight != 1) {
            root = (float) Math.sqrt(pairWeight);
            weighted = true;
        }
        columns[count] = column;
        roots[count] = root;
        targets[count] = root * target;
        count++;
        weight += pairWeight;
        squaredTargets += pairWeight * target * target;
    }

    int count() {
        return count;
    }

    /** The rows of the fixed side, {@link #count} of them. */
    int[] columns() {
        return columns;
    }

    /** The roots of the weights; all 1 unless {@link #isWeighted}. */
    float[] roots() {
        return roots;
    }

    boolean isWeighted() {
        return weighted;
    }

    /** What is to be explained, multiplied by the root of the weight. */
    float[] targets() {
        return targets;
    }

    /** Σ weight·target², in float64 since a long row sums up very many. */
    double squaredTargets() {
        return squaredTargets;
    }

    /** Σ weight. */
    double weight() {
        return weight;
    }
}
