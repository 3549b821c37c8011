package dev.latent.math;

import java.lang.foreign.MemorySegment;

/**
 * One implementation of the hot loops. Arguments were checked by the façade, so nothing here checks again. Stateless and
 * safe for concurrent use.
 */
interface KernelProvider {

    /** The name that is logged, for example {@code vector-256}. */
    String name();

    float dot(float[] a, int aOffset, float[] b, int bOffset, int length);

    float dot(MemorySegment a, long aOffsetBytes, float[] b, int bOffset, int length);

    void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length);

    /** Scores of the rows {@code from} (inclusive) to {@code to} (exclusive). */
    void scores(
            MemorySegment items,
            int from,
            int to,
            int rank,
            float[] query,
            int queryOffset,
            float[] scores,
            int scoresOffset);

    /**
     * Adds Σ leftᵣᵀ·rightᵣ to the upper triangle of {@code gramian}; the strictly lower triangle may be scribbled on.
     * Row 0 begins at {@code offset} of either.
     * With {@code left == right} it is a Gramian, with {@code left} scaled row by row a weighted one.
     */
    void gramianAdd(float[] left, float[] right, int offset, int rowCount, int rank, float[] gramian);

    /** See {@link Cholesky#solve(float[], int, float[], float[])}. */
    boolean choleskySolve(float[] a, int rank, float[] b, float[] scratch);

    /** See {@link GatheredRows#gather}. */
    void gather(
            MemorySegment matrix,
            int rank,
            int column,
            int width,
            int[] rows,
            int from,
            int count,
            float[] target,
            int offset,
            int stride);

    /** See {@link GatheredRows#addProducts}. */
    void addProducts(
            float[] rows,
            int offset,
            int count,
            int stride,
            int width,
            float[] x,
            int xOffset,
            float[] out,
            int outOffset);

    /** See {@link GatheredRows#addCombination}. */
    void addCombination(
            float[] rows,
            int offset,
            int count,
            int stride,
            int width,
            float[] weights,
            int weightsOffset,
            float[] out,
            int outOffset);

    /** How many items a panel of {@link #scorePanel} has. */
    int panelWidth();

    /**
     * Scores of the items of one panel for queries of {@code depth} numbers each: that of query q for item i goes to {@code
     * scores[q·stride + offset + i]}. The panel has {@link #panelWidth} items, factor by factor. The factors are summed in
     * their order, each step rounded once, so all providers give the same bits.
     */
    void scorePanel(float[] queries, int count, int depth, float[] panel, float[] scores, int offset, int stride);

    /** See {@link ItemPanels#findAtLeast}. */
    int findAtLeast(float[] scores, int from, int to, float threshold);

    /** See {@link ItemPanels#countAtLeast}. */
    int countAtLeast(float[] scores, int from, int to, float threshold);
}
