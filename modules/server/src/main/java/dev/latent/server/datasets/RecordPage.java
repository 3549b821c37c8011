package dev.latent.server.datasets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Picks one page out of records that are offered in the order of their ids' bytes. For one thread. */
final class RecordPage<R> {

    private final Function<R, String> id;
    private final int size;
    private final byte[] after;
    private final List<R> records = new ArrayList<>();
    private boolean more;

    /**
     * Starts a page.
     *
     * @param id of a record
     * @param size its most entries
     * @param after the last id of the page before; empty for the first page
     */
    RecordPage(Function<R, String> id, int size, String after) {
        this.id = id;
        this.size = size;
        this.after = after.getBytes(StandardCharsets.UTF_8);
    }

    void offer(R one) {
        if (more || Arrays.compareUnsigned(id.apply(one).getBytes(StandardCharsets.UTF_8), after) <= 0) {
            return;
        }
        if (records.size() == size) {
            more = true;
        } else {
            records.add(one);
        }
    }

    List<R> records() {
        return records;
    }

    boolean hasMore() {
        return more;
    }

    String lastId() {
        return id.apply(records.getLast());
    }
}
