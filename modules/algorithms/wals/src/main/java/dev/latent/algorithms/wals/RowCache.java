package dev.latent.algorithms.wals;

import dev.latent.math.GatheredRows;

/**
 * The vectors of a row's liked pairs, cut into panels of columns, for a solver that passes over them several times. A row
 * that fits is gathered once, panel by panel, so that a pass over one panel reads contiguous memory; a longer one is
 * gathered again in pieces at each pass. Not thread-safe.
 */
final class RowCache {

    /**
     * The most floats that are kept, 8 MiB: reading them in order out of a third-level cache, or of memory, is still several
     * times as fast as gathering rows from all over a large matrix again.
     */
    static final int MOST_FLOATS = 1 << 21;

    /** Floats of a piece: half a first-level cache, so that a piece is read twice from there. */
    private static final int PIECE = 1 << 12;

    private static final int MINIMUM_PIECE_ROWS = 16;

    private final int order;
    private final int panelWidth;
    private final float[] floats;
    private boolean kept;

    /**
     * Panels of {@code panelWidth} columns, the last one narrower or, when a lone bias would be left, wider.
     *
     * @param longest the longest row there will be
     */
    RowCache(int order, int panelWidth, int longest) {
        this.order = order;
        this.panelWidth = Math.min(order, panelWidth);
        long wanted = (long) Math.max(MINIMUM_PIECE_ROWS, longest) * order;
        floats = new float[Math.toIntExact(Math.min(wanted, Math.max(MOST_FLOATS, pieceFloats())))];
    }

    /** Floats of the largest piece, which may be gathered of all columns. */
    private long pieceFloats() {
        long largest = 0;
        for (int panel = 0; panel < panels(); panel++) {
            largest = Math.max(largest, (long) pieceRows(panel) * width(panel));
        }
        return largest;
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
