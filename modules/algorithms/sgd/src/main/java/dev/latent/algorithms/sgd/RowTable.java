package dev.latent.algorithms.sgd;

import dev.latent.spi.FloatMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The rows that training moves: one for each user or item, its factors and the state of its optimiser side by side, so
 * that a step touches neighbouring cache lines and rows of different blocks never share one.
 *
 * <p>Layout of a row, native-endian float32, aligned to 64 bytes:
 *
 * <table>
 * <caption>Bytes of a row</caption>
 * <tr><td>{@link #BIAS}</td><td>bias</td></tr>
 * <tr><td>{@link #BIAS_SQUARES}</td><td>sum of the squared gradients of the bias</td></tr>
 * <tr><td>{@link #SQUARES}</td><td>sum of the mean squared gradients of the factors: AdaGrad with one scalar a row</td></tr>
 * <tr><td>{@link #DECAY}, {@link #BIAS_DECAY}</td><td>regularization of this row's factors and bias a step</td></tr>
 * <tr><td>{@link #FACTORS}</td><td>the factors, padded by zeros to a multiple of {@value #PADDING}</td></tr>
 * </table>
 */
final class RowTable {

    /** Layout of one number. */
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    static final int BIAS = 0;
    static final int BIAS_SQUARES = 4;
    static final int SQUARES = 8;
    static final int DECAY = 12;
    static final int BIAS_DECAY = 16;
    static final int FACTORS = 64;

    /** The padded number of factors is a multiple of this, the widest vector in float32. */
    static final int PADDING = 16;

    private static final long ALIGNMENT = 64;

    private final MemorySegment segment;
    private final int rows;
    private final int rank;
    private final long factorsEnd;
    private final float share;
    private final long stride;

    /** Allocates rows of zeros. */
    RowTable(Arena arena, int rows, int rank) {
        this.rows = rows;
        this.rank = rank;
        share = 1f / rank;
        factorsEnd = rowBytes(rank);
        stride = factorsEnd;
        segment = arena.allocate(Math.multiplyExact(rows, stride), ALIGNMENT);
    }

    /** The bytes of one row. */
    static long rowBytes(int rank) {
        return FACTORS + (long) paddedRank(rank) * Float.BYTES;
    }

    private static int paddedRank(int rank) {
        return (rank + PADDING - 1) / PADDING * PADDING;
    }

    MemorySegment segment() {
        return segment;
    }

    int rows() {
        return rows;
    }

    int rank() {
        return rank;
    }

    /** Where the padded factors end, from the start of a row. */
    long factorsEnd() {
        return factorsEnd;
    }

    /** What one factor counts for in a mean over the row: 1 / rank. */
    float share() {
        return share;
    }

    /** Where a row starts in {@link #segment()}. */
    long offset(int row) {
        return row * stride;
    }

    float get(int row, int field) {
        return segment.get(FLOAT, offset(row) + field);
    }

    void set(int row, int field, float value) {
        segment.set(FLOAT, offset(row) + field, value);
    }

    /** The bias of the row at an {@link #offset}. */
    float bias(long offset) {
        return segment.get(FLOAT, offset + BIAS);
    }

    float factor(int row, int factor) {
        return get(row, FACTORS + factor * Float.BYTES);
    }

    void setFactor(int row, int factor, float value) {
        set(row, FACTORS + factor * Float.BYTES, value);
    }

    /** Whether no number of a row has left the range of float32. */
    boolean isFinite(int row) {
        return Float.isFinite(get(row, SQUARES))
                && Float.isFinite(get(row, BIAS_SQUARES))
                && Float.isFinite(get(row, BIAS))
                && Double.isFinite(squaredNorm(row));
    }

    /** The regularization of a row, once: λ‖factors‖² + λ_b·bias². */
    double pull(int row) {
        double bias = get(row, BIAS);
        return get(row, DECAY) * squaredNorm(row) + get(row, BIAS_DECAY) * bias * bias;
    }

    private double squaredNorm(int row) {
        double sum = 0;
        long start = offset(row) + FACTORS;
        for (int factor = 0; factor < rank; factor++) {
            double value = segment.get(FLOAT, start + (long) factor * Float.BYTES);
            sum += value * value;
        }
        return sum;
    }

    /** Copies the factors, times {@code scale}, into a matrix of the same shape without padding. */
    void writeFactors(FloatMatrix target, float scale) {
        for (int row = 0; row < rows; row++) {
            for (int factor = 0; factor < rank; factor++) {
                target.set(row, factor, scale * factor(row, factor));
            }
        }
    }

    /** Copies the biases, times {@code scale}, into a column. */
    void writeBiases(FloatMatrix target, float scale) {
        for (int row = 0; row < rows; row++) {
            target.set(row, 0, scale * get(row, BIAS));
        }
    }
}
