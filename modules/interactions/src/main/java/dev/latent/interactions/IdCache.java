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
        /** The merges it has, as far as this entry knows. */
        int merges;

        Entry(String id, int number) {
            this.id = id;
            this.number = number;
        }
    }

    private static final int FIRST_SLOTS = 1 << 12;
    private static final int MAX_SLOTS = 1 << 20;

    private volatile AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(FIRST_SLOTS);
    private int used;

    @Nullable
    Entry find(String id) {
        AtomicReferenceArray<@Nullable Entry> now = slots;
        Entry entry = now.get(slot(id, now.length()));
        return entry != null && entry.id.equals(id) ? entry : null;
    }

    void put(Entry entry) {
        if (used > slots.length() / 4 && slots.length() < MAX_SLOTS) {
            grow();
        }
        put(entry, slots);
    }

    private void put(Entry entry, AtomicReferenceArray<@Nullable Entry> target) {
        int slot = slot(entry.id, target.length());
        Entry before = target.get(slot);
        if (before == null) {
            used++;
        }
        if (before != entry) {
            target.set(slot, entry);
        }
    }

    private void grow() {
        AtomicReferenceArray<@Nullable Entry> old = slots;
        AtomicReferenceArray<@Nullable Entry> larger = new AtomicReferenceArray<>(old.length() * 4);
        used = 0;
        for (int slot = 0; slot < old.length(); slot++) {
            Entry entry = old.get(slot);
            if (entry != null) {
                put(entry, larger);
            }
        }
        slots = larger;
    }

    void remove(String id) {
        if (find(id) != null) {
            slots.set(slot(id, slots.length()), null);
            used--;
        }
    }

    void clear() {
        slots = new AtomicReferenceArray<>(FIRST_SLOTS);
        used = 0;
    }

    private static int slot(String id, int slots) {
        int hash = id.hashCode() * 0x9E3779B9;
        return (hash ^ (hash >>> 15)) & (slots - 1);
    }
}
