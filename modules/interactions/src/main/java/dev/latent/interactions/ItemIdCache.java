package dev.latent.interactions;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A direct-mapped cache of the ids of committed item numbers, which never change: bounded, lossy, thread-safe. */
final class ItemIdCache {

    private record Entry(int number, String id) {}

    private static final int SLOTS = 1 << 17;

    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

    String get(int number, IntFunction<String> load) {
        int slot = number & (SLOTS - 1);
        Entry entry = slots.get(slot);
        if (entry == null || entry.number != number) {
            entry = new Entry(number, load.apply(number));
            slots.set(slot, entry);
        }
        return entry.id;
    }
}
