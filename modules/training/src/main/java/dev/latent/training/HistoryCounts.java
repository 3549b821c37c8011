package dev.latent.training;

import dev.latent.spi.ElementType;
import dev.latent.spi.Section;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * How long each user's and each item's history was when a version was trained, as two sections beside the model: serving
 * tells by it whose history has changed since, and which items are the most popular.
 */
public final class HistoryCounts {

    /** Section of int32, one row a user: items in the history that its vector was trained on. */
    public static final String USERS = "user_counts";

    /** Section of int32, one row an item: users who interacted with it. */
    public static final String ITEMS = "item_counts";

    private HistoryCounts() {}

    static List<Section> of(Snapshot trained, Arena arena) {
        return List.of(section(USERS, trained.byUser(), arena), section(ITEMS, trained.byItem(), arena));
    }

    private static Section section(String name, SparseRows rows, Arena arena) {
        MemorySegment counts = arena.allocate((long) rows.rows() * Integer.BYTES, Long.BYTES);
        for (int row = 0; row < rows.rows(); row++) {
            counts.set(SparseRows.INT32, (long) row * Integer.BYTES, rows.length(row));
        }
        return new Section(name, ElementType.INT32, rows.rows(), 1, counts);
    }
}
