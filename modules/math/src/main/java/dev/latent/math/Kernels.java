package dev.latent.math;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The hot loops of training and serving, over row-major float32.
 *
 * <p>Entry checks shapes and throws {@link IllegalArgumentException}; inner loops check nothing. Results of one provider
 * are repeatable bit for bit; providers differ from each other by rounding. All methods are thread-safe as long as no
 * other thread writes the arrays passed in.
 */
public final class Kernels {

    /** How a float32 lies in a segment: little-endian, any alignment. */
    static final ValueLayout.OfFloat FLOAT32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final KernelProvider PROVIDER = chooseProvider();

    private Kernels() {}

    private static KernelProvider chooseProvider() {
        KernelSelector.Choice choice = KernelSelector.choose(KernelSelector.candidates());
        String refusals = choice.refusals().isEmpty() ? "" : " (" + String.join("; ", choice.refusals()) + ")";
        boolean isSlow = choice.provider() instanceof ScalarKernels;
        System.getLogger(Kernels.class.getName())
                .log(
                        isSlow ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                        "Kernels: using " + choice.provider().name() + refusals);
        return choice.provider();
    }

    static KernelProvider provider() {
        return PROVIDER;
    }

    /** Name of the provider in use, for logs and benchmarks: {@code vector-512}, {@code vector-256} or {@code scalar}. */
    public static String providerName() {
        return PROVIDER.name();
    }

    /** Σ a[aOffset+i]·b[bOffset+i] for i below {@code length}; 0 when {@code length} is 0. */
    public static float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
        Shapes.checkRange("a", a.length, aOffset, length);
        Shapes.checkRange("b", b.length, bOffset, length);
        return PROVIDER.dot(a, aOffset, b, bOffset, length);
    }

    /** As {@link #dot(float[], int, float[], int, int)} with {@code a} little-endian float32 from a byte offset. */
    public static float dot(MemorySegment a, long aOffsetBytes, float[] b, int bOffset, int length) {
        Shapes.checkBytes("a", a.byteSize(), aOffsetBytes, (long) length * Float.BYTES);
        Shapes.checkRange("b", b.length, bOffset, length);
        return PROVIDER.dot(a, aOffsetBytes, b, bOffset, length);
    }

    /** y += alpha·x over {@code length} elements. The two ranges must be the same or not overlap. */
    public static void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length) {
        Shapes.checkRange("x", x.length, xOffset, length);
        Shapes.checkRange("y", y.length, yOffset, length);
        PROVIDER.axpy(alpha, x, xOffset, y, yOffset, length);
    }

    /**
     * Scores every row of a matrix: {@code scores[i] = <row i, query>}.
     *
     * @param items itemCount×rank, row-major little-endian float32 from byte 0
     * @param query length at least {@code rank}
     * @param scores length at least {@code itemCount}; overwritten
     */
    public static void scores(MemorySegment items, int itemCount, int rank, float[] query, float[] scores) {
        scores(items, 0, itemCount, rank, query, 0, scores, 0);
    }

    /**
     * Scores the rows {@code from} (inclusive) to {@code to} (exclusive):
     * {@code scores[scoresOffset + i - from] = <row i, query[queryOffset ...]>}.
     */
    public static void scores(
            MemorySegment items,
            int from,
            int to,
            int rank,
            float[] query,
            int queryOffset,
            float[] scores,
            int scoresOffset) {
        Shapes.checkRank(rank);
        Shapes.checkCount("to - from", (long) to - from);
        long rowBytes = (long) rank * Float.BYTES;
        Shapes.checkBytes("items", items.byteSize(), from * rowBytes, (to - from) * rowBytes);
        Shapes.checkRange("query", query.length, queryOffset, rank);
        Shapes.checkRange("scores", scores.length, scoresOffset, to - from);
        PROVIDER.scores(items, from, to, rank, query, queryOffset, scores, scoresOffset);
    }

    /**
     * Adds Σ rowᵀ·row to the <b>upper</b> triangle (column ≥ row) of {@code gramian}. The strictly lower triangle is left
     * in an unspecified state: call {@link #symmetrize} for a full matrix. {@link Cholesky} reads the upper triangle only.
     *
     * @param rows rowCount×rank, contiguous from index 0
     * @param gramian rank×rank
     */
    public static void gramianAdd(float[] rows, int rowCount, int rank, float[] gramian) {
        checkGramian(rows, rowCount, rank, gramian.length);
        PROVIDER.gramianAdd(rows, rows, 0, rowCount, rank, gramian);
    }

    /** As {@link #gramianAdd(float[], int, int, float[])} for rows that begin at {@code offset}. */
    public static void gramianAdd(float[] rows, int offset, int rowCount, int rank, float[] gramian) {
        Shapes.checkSquare("gramian", gramian.length, rank);
        Shapes.checkCount("rowCount", rowCount);
        Shapes.checkRange("rows", rows.length, offset, (long) rowCount * rank);
        PROVIDER.gramianAdd(rows, rows, offset, rowCount, rank, gramian);
    }

    /**
     * Adds Σ weights[r]·rowᵀ·row to the upper triangle of {@code gramian}, as {@link #gramianAdd(float[], int, int,
     * float[])} does. It allocates a scratch of at most 128 rows; {@link RidgeSolver} does not.
     *
     * @param weights length at least {@code rowCount}; may be negative
     */
    public static void gramianAdd(float[] rows, float[] weights, int rowCount, int rank, float[] gramian) {
        checkGramian(rows, rowCount, rank, gramian.length);
        Shapes.checkRange("weights", weights.length, 0, rowCount);
        Gramians.addWeighted(PROVIDER, rows, weights, rowCount, rank, gramian);
    }

    /** Copies the upper triangle of the rank×rank matrix {@code a} onto the lower one. */
    public static void symmetrize(float[] a, int rank) {
        Shapes.checkSquare("a", a.length, rank);
        for (int i = 1; i < rank; i++) {
            for (int j = 0; j < i; j++) {
                a[i * rank + j] = a[j * rank + i];
            }
        }
    }

    /**
     * Overwrites {@code gramian} with the full symmetric MᵀM. Blocks of {@value Gramians#BLOCK_ROWS} rows are summed in
     * float32 and added in float64 in block order, so the result does not depend on who calls with how many threads.
     *
     * @param matrix rowCount×rank, row-major little-endian float32 from byte 0
     * @param gramian rank×rank
     */
    public static void gramian(MemorySegment matrix, long rowCount, int rank, double[] gramian) {
        checkGramian(matrix, rowCount, rank, gramian);
        Gramians.sum(PROVIDER, matrix, rowCount, rank, gramian);
    }

    /**
     * As {@link #gramian(MemorySegment, long, int, double[])} on the threads of {@code pool}; the same bits. It holds up to
     * {@value Gramians#WAVE_BLOCKS} block sums of rank×rank float32 at once; {@link ParallelGramian} keeps them for the next.
     *
     * @throws java.util.concurrent.CancellationException when interrupted, see {@link WorkerPool#run}
     */
    public static void gramian(MemorySegment matrix, long rowCount, int rank, double[] gramian, WorkerPool pool) {
        checkGramian(matrix, rowCount, rank, gramian);
        new ParallelGramian(rank, pool).compute(matrix, rowCount, gramian);
    }

    /** As {@link #gramian(MemorySegment, long, int, double[])} for a matrix on the heap; the same bits. */
    public static void gramian(float[] matrix, int rowCount, int rank, double[] gramian) {
        checkGramian(matrix, rowCount, rank, gramian.length);
        Gramians.sum(PROVIDER, MemorySegment.ofArray(matrix), rowCount, rank, gramian);
    }

    private static void checkGramian(float[] rows, int rowCount, int rank, int gramianLength) {
        Shapes.checkSquare("gramian", gramianLength, rank);
        Shapes.checkCount("rowCount", rowCount);
        Shapes.checkRange("rows", rows.length, 0, (long) rowCount * rank);
    }

    private static void checkGramian(MemorySegment matrix, long rowCount, int rank, double[] gramian) {
        Shapes.checkSquare("gramian", gramian.length, rank);
        Shapes.checkCount("rowCount", rowCount);
        Shapes.checkRows("matrix", matrix.byteSize(), rowCount, rank);
    }
}
