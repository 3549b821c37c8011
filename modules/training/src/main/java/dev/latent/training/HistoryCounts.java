package dev.latent.training;

import dev.latent.spi.ElementType;
import dev.latent.spi.Section;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.storage.StringTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

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

    /**
     * Makes the section of items whose users were counted otherwise than by a snapshot.
     *
     * @param ids of the items
     * @param users of each item, by id; none where it is absent
     * @param arena owns the memory of the section
     * @return in the order of the ids
     */
    public static Section ofItems(StringTable ids, Map<String, Integer> users, Arena arena) {
        MemorySegment counts = arena.allocate(ids.size() * Integer.BYTES, Long.BYTES);
        for (long item = 0; item < ids.size(); item++) {
            counts.set(SparseRows.INT32, item * Integer.BYTES, users.getOrDefault(ids.get(item), 0));
        }
        return new Section(ITEMS, ElementType.INT32, ids.size(), 1, counts);
    }

    private static Section section(String name, SparseRows rows, Arena arena) {
        MemorySegment counts = arena.allocate((long) rows.rows() * Integer.BYTES, Long.BYTES);
        for (int row = 0; row < rows.rows(); row++) {
            counts.set(SparseRows.INT32, (long) row * Integer.BYTES, rows.length(row));
        }
        return new Section(name, ElementType.INT32, rows.rows(), 1, counts);
    }
}
