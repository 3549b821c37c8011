package dev.latent.algorithms.sgd;

import dev.latent.math.WorkerPool;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.TrainingFailedException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The rows that training moves: one for each user or item, its factors and the state of its optimiser.
 *
 * <p>The factors lie off the heap, native-endian float32, padded by zeros to a multiple of {@value #PADDING} and so aligned
 * to 64 bytes: no vector straddles a cache line and rows of different blocks never share one. The state is
 * {@value #STATE} floats a row, half a cache line, in an array: C2 checks one bound for all fields of a row, where a memory
 * segment costs a check each, which was a fifth of a step.
 *
 * <table>
 * <caption>State of a row</caption>
 * <tr><td>{@link #BIAS}</td><td>bias</td></tr>
 * <tr><td>{@link #BIAS_SQUARES}</td><td>sum of the squared gradients of the bias</td></tr>
 * <tr><td>{@link #SQUARES}</td><td>sum of the mean squared gradients of the factors: AdaGrad with one scalar a row</td></tr>
 * <tr><td>{@link #DECAY}, {@link #BIAS_DECAY}</td><td>regularization of this row's factors and bias a step</td></tr>
 * <tr><td>{@link #NORM}</td><td>squared length of the factors</td></tr>
 * <tr><td>{@link #ROOT}, {@link #BIAS_ROOT}</td><td>1/√ of the two sums, kept by Newton's iteration</td></tr>
 * </table>
 */
final class RowTable {

    /** Layout of one factor. */
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    static final int BIAS = 0;
    static final int BIAS_SQUARES = 1;
    static final int SQUARES = 2;
    static final int DECAY = 3;
    static final int BIAS_DECAY = 4;
    static final int NORM = 5;
    static final int ROOT = 6;
    static final int BIAS_ROOT = 7;

    /** Floats of state a row. */
    static final int STATE = 8;

    /** The padded number of factors is a multiple of this, the widest vector in float32. */
    static final int PADDING = 16;

    /** Most rows a table can have: the state is one array. */
    static final int MAXIMUM_ROWS = (Integer.MAX_VALUE - 8) / STATE;

    private static final long ALIGNMENT = 64;
    private static final int ROWS_PER_CHUNK = 4096;

    private final MemorySegment segment;
    private final float[] state;
    private final int[] numbers;
    private final int rank;
    private final long stride;
    private final float share;
    private final MemorySegment priors;
    private final float[] biasPriors;
    private final boolean hasPriors;

    /**
     * Allocates rows of zeros.
     *
     * @param numbers the user or item of each row; kept, not to be modified
     * @param hasPriors whether rows are pulled towards vectors of their own, see {@link FeatureVectors}, and not to zero
     */
    RowTable(Arena arena, int[] numbers, int rank, boolean hasPriors) {
        int rows = numbers.length;
        if (rows > MAXIMUM_ROWS) {
            throw new TrainingFailedException("sgd trains at most " + MAXIMUM_ROWS + " users and as many items, got "
                    + rows + "; leave out those with the fewest interactions");
        }
        this.numbers = numbers;
        this.rank = rank;
        share = 1f / rank;
        stride = factorBytes(rank);
        segment = arena.allocate(Math.multiplyExact(rows, stride), ALIGNMENT);
        state = new float[rows * STATE];
        this.hasPriors = hasPriors;
        priors = arena.allocate(hasPriors ? segment.byteSize() : stride, ALIGNMENT);
        biasPriors = new float[hasPriors ? rows : 1];
    }

    /** The bytes of one row's factors. */
    static long factorBytes(int rank) {
        return (rank + PADDING - 1L) / PADDING * PADDING * Float.BYTES;
    }

    MemorySegment segment() {
        return segment;
    }

    /** {@value #STATE} floats a row; row r starts at r·{@value #STATE}. */
    float[] state() {
        return state;
    }

    int rows() {
        return numbers.length;
    }

    /** The user or item of a row. */
    int number(int row) {
        return numbers[row];
    }

    int rank() {
        return rank;
    }

    /** From a row to the next in {@link #segment}: the bytes of the padded factors. */
    long stride() {
        return stride;
    }

    /** What one factor counts for in a mean over the row: 1 / rank. */
    float share() {
        return share;
    }

    float get(int row, int field) {
        return state[row * STATE + field];
    }

    void set(int row, int field, float value) {
        state[row * STATE + field] = value;
    }

    float bias(int row) {
        return state[row * STATE + BIAS];
    }

    float factor(int row, int factor) {
        return segment.get(FLOAT, row * stride + (long) factor * Float.BYTES);
    }

    void setFactor(int row, int factor, float value) {
        segment.set(FLOAT, row * stride + (long) factor * Float.BYTES, value);
    }

    boolean hasPriors() {
        return hasPriors;
    }

    /** What rows are pulled towards: laid out like {@link #segment}, or one row of zeros for all. */
    MemorySegment priors() {
        return priors;
    }

    /** From the prior of a row to the next. */
    long priorStride() {
        return hasPriors ? stride : 0;
    }

    float biasPrior(int row) {
        return biasPriors[hasPriors ? row : 0];
    }

    float prior(int row, int factor) {
        return priors.get(FLOAT, row * priorStride() + (long) factor * Float.BYTES);
    }

    void addToPrior(int row, int factor, float change) {
        long at = row * stride + (long) factor * Float.BYTES;
        priors.set(FLOAT, at, priors.get(FLOAT, at) + change);
    }

    void addToBiasPrior(int row, float change) {
        biasPriors[row] += change;
    }

    /** Sets both sums of squared gradients, with their roots. */
    void startSquares(int row, float squares) {
        float root = (float) (1 / Math.sqrt(squares));
        set(row, SQUARES, squares);
        set(row, BIAS_SQUARES, squares);
        set(row, ROOT, root);
        set(row, BIAS_ROOT, root);
    }

    /** Measures all squared lengths anew; a step only carries them forward, in float32. */
    void measureNorms(WorkerPool pool) {
        pool.run(Math.ceilDiv(rows(), ROWS_PER_CHUNK), (chunk, worker) -> {
            int end = (int) Math.min(rows(), (chunk + 1L) * ROWS_PER_CHUNK);
            for (int row = chunk * ROWS_PER_CHUNK; row < end; row++) {
                set(row, NORM, RowKernels.dot(this, row, this, row));
            }
        });
    }

    /** Whether no number of a row has left the range of float32, as of {@link #measureNorms}. */
    boolean isFinite(int row) {
        return Float.isFinite(get(row, SQUARES))
                && Float.isFinite(get(row, BIAS_SQUARES))
                && Float.isFinite(get(row, BIAS))
                && Float.isFinite(get(row, NORM));
    }

    /** The regularization of a row's own part, once: λ‖factors‖² + λ_b·bias², as of {@link #measureNorms}. */
    double pull(int row) {
        double bias = bias(row) - biasPrior(row);
        return get(row, DECAY) * ownNorm(row) + get(row, BIAS_DECAY) * bias * bias;
    }

    private double ownNorm(int row) {
        if (!hasPriors) {
            return get(row, NORM);
        }
        double sum = 0;
        for (int factor = 0; factor < rank; factor++) {
            double part = factor(row, factor) - prior(row, factor);
            sum += part * part;
        }
        return sum;
    }

    /** Copies the factors, times {@code scale}, into a matrix without padding, whose rows are users or items by number. */
    void writeFactors(FloatMatrix target, float scale) {
        for (int row = 0; row < rows(); row++) {
            writeFactors(row, target, scale);
        }
    }

    /** The same of one row. */
    void writeFactors(int row, FloatMatrix target, float scale) {
        for (int factor = 0; factor < rank; factor++) {
            target.set(number(row), factor, scale * factor(row, factor));
        }
    }

    /** Room for one row with its state. */
    Saved buffer() {
        return new Saved();
    }

    /** A row as it was. For one thread. */
    final class Saved {
        private final MemorySegment savedFactors = MemorySegment.ofArray(new byte[Math.toIntExact(stride)]);
        private final float[] savedState = new float[STATE];

        private Saved() {}

        void save(int row) {
            savedFactors.copyFrom(segment.asSlice(row * stride, stride));
            System.arraycopy(state, row * STATE, savedState, 0, STATE);
        }

        void restore(int row) {
            segment.asSlice(row * stride, stride).copyFrom(savedFactors);
            System.arraycopy(savedState, 0, state, row * STATE, STATE);
        }
    }

    /** Copies the biases, times {@code scale}, into a column by number. */
    void writeBiases(FloatMatrix target, float scale) {
        for (int row = 0; row < rows(); row++) {
            target.set(number(row), 0, scale * bias(row));
        }
    }
}
