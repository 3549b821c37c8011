package dev.latent.math;

import java.lang.foreign.MemorySegment;

/**
 * Item vectors packed for scoring many queries at once: panels of as many items as the kernel keeps in registers, factor
 * by factor, so that a block of queries reads each panel from the first-level cache. A score is the sum over the factors in
 * their order, then the item's bias; so it does not depend on which queries are scored together, nor on the number of
 * threads. Immutable and thread-safe.
 */
public final class ItemPanels {

    private static final KernelProvider PROVIDER = Kernels.provider();

    private final int count;
    private final int depth;
    private final int width;
    private final float[][] panels;

    private ItemPanels(int count, int depth, int width, float[][] panels) {
        this.count = count;
        this.depth = depth;
        this.width = width;
        this.panels = panels;
    }

    /**
     * Packs item vectors; takes as much memory as they do.
     *
     * @param items count×rank, row-major little-endian float32 from byte 0
     * @param biases one an item; empty for none
     */
    public static ItemPanels pack(MemorySegment items, int count, int rank, float[] biases) {
        Shapes.checkCount("count", count);
        Shapes.checkRows("items", items.byteSize(), count, rank);
        boolean biased = biases.length > 0;
        if (biased) {
            Shapes.checkRange("biases", biases.length, 0, count);
        }
        int depth = rank + (biased ? 1 : 0);
        int width = PROVIDER.panelWidth();
        float[][] panels = new float[Math.ceilDiv(count, width)][depth * width];
        for (int item = 0; item < count; item++) {
            float[] panel = panels[item / width];
            long row = (long) item * rank;
            for (int factor = 0; factor < rank; factor++) {
                panel[factor * width + item % width] = items.get(Kernels.FLOAT32, (row + factor) * Float.BYTES);
            }
            if (biased) {
                panel[rank * width + item % width] = biases[item];
            }
        }
        return new ItemPanels(count, depth, width, panels);
    }

    /** The number of items. */
    public int count() {
        return count;
    }

    /** How many numbers a query has: the factors, and a 1 behind them when the items have biases. */
    public int depth() {
        return depth;
    }

    /** The first item of each block that is scored is a multiple of this. */
    public int alignment() {
        return width;
    }

    /**
     * Scores a block of items for some queries: that of query q for item {@code from + i} goes to {@code scores[q·stride +
     * i]}.
     *
     * @param queries queryCount×{@link #depth}
     * @param from a multiple of {@link #alignment}
     * @param to at most {@link #count}; what is behind it, up to the next multiple of {@link #alignment}, is scribbled on
     * @param scores length at least {@code queryCount·stride}
     * @param stride at least {@code to - from} rounded up to a multiple of {@link #alignment}
     */
    public void score(float[] queries, int queryCount, int from, int to, float[] scores, int stride) {
        Shapes.checkCount("queryCount", queryCount);
        Shapes.checkRange("queries", queries.length, 0, (long) queryCount * depth);
        Shapes.checkRange("scores", scores.length, 0, (long) queryCount * stride);
        if (from < 0
                || to < from
                || to > count
                || from % width != 0
                || Math.ceilDiv(to - from, width) * width > stride) {
            throw new IllegalArgumentException(
                    "items %d to %d of %d with stride %d, expected a multiple of %d first, and"
                                    .formatted(from, to, count, stride, width)
                            + " room for whole panels");
        }
        for (int first = from; first < to; first += width) {
            PROVIDER.scorePanel(queries, queryCount, depth, panels[first / width], scores, first - from, stride);
        }
    }

    /** The first index from {@code from} on whose score is at least {@code threshold}; {@code to} when there is none. */
    public static int findAtLeast(float[] scores, int from, int to, float threshold) {
        Shapes.checkRange("scores", scores.length, from, (long) to - from);
        return PROVIDER.findAtLeast(scores, from, to, threshold);
    }
}
