package dev.latent.algorithms.wals;

import dev.latent.math.GatheredRows;

/**
 * The vectors of a row's liked pairs, cut into panels of columns, for a solver that passes over them several times. A row
 * that fits is gathered once, panel by panel, so that a pass over one panel reads contiguous memory; a longer one is
 * gathered again in pieces at each pass. Not thread-safe.
 */
final class RowCache {

    /** Floats kept at once: 1 MiB, a second-level cache. */
    private static final int CAPACITY = 1 << 18;

    /** Floats of a piece: half a first-level cache, so that a piece is read twice from there. */
    private static final int PIECE = 1 << 12;

    private static final int MINIMUM_PIECE_ROWS = 16;

    private final int order;
    private final int panelWidth;
    private final float[] floats;
    private boolean kept;

    /** Panels of {@code panelWidth} columns, the last one narrower or, when a lone bias would be left, wider. */
    RowCache(int order, int panelWidth) {
        this.order = order;
        this.panelWidth = Math.min(order, panelWidth);
        floats = new float[Math.max(CAPACITY, MINIMUM_PIECE_ROWS * order)];
    }

    int panels() {
        return Math.max(1, (order + panelWidth - 2) / panelWidth);
    }

    int start(int panel) {
        return panel * panelWidth;
    }

    int width(int panel) {
        return panel == panels() - 1 ? order - start(panel) : panelWidth;
    }

    int pieceRows(int panel) {
        return Math.max(MINIMUM_PIECE_ROWS, PIECE / width(panel));
    }

    /** Takes up a row. */
    void begin(LikedPairs pairs, FixedSide fixed) {
        int count = pairs.count();
        kept = (long) count * order <= floats.length;
        if (kept) {
            for (int panel = 0; panel < panels(); panel++) {
                fixed.gather(pairs, 0, count, start(panel), width(panel), floats, count * start(panel));
            }
        }
    }

    /** Makes a piece of a panel readable in {@link #floats}; returns where it begins. */
    int piece(LikedPairs pairs, FixedSide fixed, int panel, int first, int count) {
        if (kept) {
            return pairs.count() * start(panel) + first * width(panel);
        }
        fixed.gather(pairs, first, count, start(panel), width(panel), floats, 0);
        return 0;
    }

    float[] floats() {
        return floats;
    }

    /** {@code products[r] += <r-th row, x>}, the columns of one panel. */
    void addProducts(LikedPairs pairs, FixedSide fixed, int panel, float[] x, int xOffset, float[] products) {
        int width = width(panel);
        int step = pieceRows(panel);
        for (int first = 0; first < pairs.count(); first += step) {
            int count = Math.min(step, pairs.count() - first);
            int offset = piece(pairs, fixed, panel, first, count);
            GatheredRows.addProducts(floats, offset, count, width, width, x, xOffset, products, first);
        }
    }
}
