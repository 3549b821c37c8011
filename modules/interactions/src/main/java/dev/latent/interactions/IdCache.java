package dev.latent.interactions;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A direct-mapped cache of ids and their numbers: bounded, lossy, without locks. Readers may look at any time; only the
 * holder of the commit lock adds and removes, so an entry is never older than the store.
 */
final class IdCache {

    /** One id. The end of the user's history is known to the holder of the commit lock only. */
    static final class Entry {
        final String id;
        final int number;
        /** The chunk that the next record goes to. */
        int chunk;
        /** The records it has. */
        int records;

        Entry(String id, int number) {
            this.id = id;
            this.number = number;
        }
    }

    private static final int SLOTS = 1 << 17;

    private volatile AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

    @Nullable
    Entry find(String id) {
        Entry entry = slots.get(slot(id));
        return entry != null && entry.id.equals(id) ? entry : null;
    }

    void put(Entry entry) {
        slots.set(slot(entry.id), entry);
    }

    void remove(String id) {
        if (find(id) != null) {
            slots.set(slot(id), null);
        }
    }

    void clear() {
        slots = new AtomicReferenceArray<>(SLOTS);
    }

    private static int slot(String id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 15) & (SLOTS - 1);
    }
}
