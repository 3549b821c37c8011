package dev.latent.algorithms.wals;

import dev.latent.spi.Snapshot;
import dev.latent.testkit.InMemorySnapshot;
import java.util.ArrayList;
import java.util.List;

/** Interactions in memory, and the snapshot of them. */
record Interactions(int users, int items, List<Entry> entries) {

    /** One interaction. */
    record Entry(int user, int item, float value, long time) {
        Entry(int user, int item, double value) {
            this(user, item, (float) value, 0);
        }

        /** Returns the entry as the item sees it. */
        Entry transposed() {
            return new Entry(/* user= */ item, /* item= */ user, value, time);
        }
    }

    Interactions withEntries(List<Entry> others) {
        return new Interactions(users, items, others);
    }

    List<List<Entry>> byUser() {
        List<List<Entry>> histories = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            histories.add(new ArrayList<>());
        }
        entries.forEach(entry -> histories.get(entry.user()).add(entry));
        return histories;
    }

    Snapshot snapshot() {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(users, items);
        entries.forEach(entry -> builder.add(entry.user(), entry.item(), entry.value(), entry.time()));
        return builder.build();
    }
}
