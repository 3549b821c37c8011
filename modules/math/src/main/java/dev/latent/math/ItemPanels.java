package dev.latent.math;

import java.lang.foreign.MemorySegment;

/**
 * Scores items for many queries at once, a block of items at a time: the block's vectors are packed into panels of as many
 * items as the kernel keeps in registers, factor by factor, so that a block of queries reads each panel from the first-level
 * cache. A score is the sum over the factors in their order, then the item's bias; so it does not depend on which items or
 * queries are scored together, nor on the number of threads. Reads the memory of the items. For one thread while it packs;
 * thread-safe once packed.
 */
public final class ItemPanels {

    private static final KernelProvider PROVIDER = Kernels.provider();

    private final MemorySegment items;
    private final int count;
    private final int rank;
    private final float[] biases;
    private final int depth;
    private final int width;
    private final float[][] panels;
    private final float[] row;
    private int first;
    private int end;

    /**
     * Prepares for blocks of items.
     *
     * @param items count×rank, row-major little-endian float32 from byte 0
     * @param count number of items
     * @param rank factors of each
     * @param biases one an item; empty for none; not to be modified
     * @param block most items to pack at a time, at least 1
     */
    public ItemPanels(MemorySegment items, int count, int rank, float[] biases, int block) {
        Shapes.checkCount("count", count);
        Shapes.checkRows("items", items.byteSize(), count, rank);
        boolean biased = biases.length > 0;
        if (biased) {
            Shapes.checkRange("biases", biases.length, 0, count);
        }
        this.items = items;
        this.count = count;
        this.rank = rank;
        this.biases = biases;
        depth = rank + (biased ? 1 : 0);
        width = PROVIDER.panelWidth();
        panels = new float[Math.ceilDiv(block, width)][depth * width];
        row = new float[rank];
    }

    /** The number of items. */
    public int count() {
        return count;
    }

    /** How many numbers a query has: the factors, and a 1 behind them when the items have biases. */
    public int depth() {
        return depth;
    }

    /** The scores of a block take room for a multiple of so many items. */
    public int alignment() {
        return width;
    }

    /**
     * Packs a block of items, in place of those that were packed before.
     *
     * @param from the first item
     * @param to after the last one, at most {@link #count}
     * @throws IllegalArgumentException when there is no room for so many
     */
    public void pack(int from, int to) {
        if (from < 0 || to < from || to > count || to - from > panels.length * width) {
            throw new IllegalArgumentException("items %d to %d of %d, expected at most %d of them"
                    .formatted(from, to, count, panels.length * width));
        }
        first = from;
        end = to;
        for (int item = from; item < to; item++) {
            MemorySegment.copy(items, Kernels.FLOAT32, (long) item * rank * Float.BYTES, row, 0, rank);
            float[] panel = panels[(item - from) / width];
            int at = (item - from) % width;
            for (int factor = 0; factor < rank; factor++, at += width) {
                panel[at] = row[factor];
            }
            if (depth > rank) {
                panel[at] = biases[item];
            }
        }
    }

    /**
     * Scores packed items for some queries: that of query q for item {@code from + i} goes to {@code scores[q·stride + i]}.
     *
     * @param queries queryCount×{@link #depth}
     * @param queryCount how many
     * @param from a packed item, by a multiple of {@link #alignment} behind the first that was packed
     * @param to after the last one, packed as well
     * @param scores length at least {@code queryCount·stride}; what is behind the items, up to the next multiple of
     *     {@link #alignment}, is scribbled on
     * @param stride at least {@code to - from} rounded up to a multiple of {@link #alignment}
     */
    public void score(float[] queries, int queryCount, int from, int to, float[] scores, int stride) {
        Shapes.checkCount("queryCount", queryCount);
        Shapes.checkRange("queries", queries.length, 0, (long) queryCount * depth);
        Shapes.checkRange("scores", scores.length, 0, (long) queryCount * stride);
        if (from < first
                || to < from
                || to > end
                || (from - first) % width != 0
                || Math.ceilDiv(to - from, width) * width > stride) {
            throw new IllegalArgumentException(
                    "items %d to %d with stride %d, where %d to %d are packed, expected a multiple of %d behind the first, and"
                                    .formatted(from, to, stride, first, end, width)
                            + " room for whole panels");
        }
        for (int item = from; item < to; item += width) {
            float[] panel = panels[(item - first) / width];
            PROVIDER.scorePanel(queries, queryCount, depth, panel, scores, item - from, stride);
        }
    }

    /**
     * Scores one item, packed or not, for one query.
     *
     * @param queries as for {@link #score}
     * @param query which of them
     * @param item from 0
     * @return the same bits as {@link #score} gives
     */
    public float scoreOne(float[] queries, int query, int item) {
        int start = query * depth;
        Shapes.checkRange("queries", queries.length, start, depth);
        float sum = 0;
        long at = (long) item * rank * Float.BYTES;
        for (int factor = 0; factor < rank; factor++, at += Float.BYTES) {
            sum = Math.fma(queries[start + factor], items.get(Kernels.FLOAT32, at), sum);
        }
        return depth > rank ? Math.fma(queries[start + rank], biases[item], sum) : sum;
    }

    /** The first index from {@code from} on whose score is at least {@code threshold}; {@code to} when there is none. */
    public static int findAtLeast(float[] scores, int from, int to, float threshold) {
        Shapes.checkRange("scores", scores.length, from, (long) to - from);
        return PROVIDER.findAtLeast(scores, from, to, threshold);
    }

    /** How many scores from {@code from} to before {@code to} are at least {@code threshold}; NaN never is. */
    public static int countAtLeast(float[] scores, int from, int to, float threshold) {
        Shapes.checkRange("scores", scores.length, from, (long) to - from);
        return PROVIDER.countAtLeast(scores, from, to, threshold);
    }
}
