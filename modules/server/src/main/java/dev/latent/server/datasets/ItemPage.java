package dev.latent.server.datasets;

import dev.latent.interactions.ItemRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Picks one page out of item records that are offered in the order of their ids' bytes. For one thread. */
final class ItemPage {

    private final int size;
    private final byte[] after;
    private final List<ItemRecord> items = new ArrayList<>();
    private boolean more;

    /**
     * Starts a page.
     *
     * @param size its most entries
     * @param after the last id of the page before; empty for the first page
     */
    ItemPage(int size, String after) {
        this.size = size;
        this.after = after.getBytes(StandardCharsets.UTF_8);
    }

    void offer(ItemRecord item) {
        if (more || Arrays.compareUnsigned(item.id().getBytes(StandardCharsets.UTF_8), after) <= 0) {
            return;
        }
        if (items.size() == size) {
            more = true;
        } else {
            items.add(item);
        }
    }

    List<ItemRecord> items() {
        return items;
    }

    boolean hasMore() {
        return more;
    }

    String lastId() {
        return items.getLast().id();
    }
}
