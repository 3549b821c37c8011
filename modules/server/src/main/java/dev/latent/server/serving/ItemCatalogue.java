package dev.latent.server.serving;

import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.ItemRecord;
import dev.latent.retrieval.ItemSet;
import dev.latent.storage.IdIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a version needs of the item records of its dataset to filter: which items belong to a category, and which are not
 * available. Immutable; made anew when item records change. Thread-safe.
 */
final class ItemCatalogue {

    private final Map<String, ItemSet> categories;
    private final ItemSet unavailable;
    private final boolean allAvailable;

    private ItemCatalogue(Map<String, ItemSet> categories, ItemSet unavailable) {
        this.categories = categories;
        this.unavailable = unavailable;
        this.allAvailable = unavailable.size() == 0;
    }

    static ItemCatalogue read(InteractionStore store, String dataset, IdIndex items, int itemCount) {
        Map<String, Numbers> categories = new HashMap<>();
        Numbers unavailable = new Numbers();
        if (store.findDataset(dataset).isPresent()) {
            store.forEachItem(dataset, item -> sort(item, items.find(item.id()), categories, unavailable));
        }
        Map<String, ItemSet> sets = new HashMap<>();
        categories.forEach((category, numbers) -> sets.put(category, ItemSet.of(itemCount, numbers.toArray())));
        return new ItemCatalogue(sets, ItemSet.of(itemCount, unavailable.toArray()));
    }

    private static void sort(ItemRecord item, int number, Map<String, Numbers> categories, Numbers unavailable) {
        if (number < 0) {
            return;
        }
        for (String category : item.categories()) {
            categories.computeIfAbsent(category, _ -> new Numbers()).add(number);
        }
        if (!item.available()) {
            unavailable.add(number);
        }
    }

    /** The sets of the named categories; names that no item has are left out. */
    List<ItemSet> sets(List<String> names) {
        List<ItemSet> sets = new ArrayList<>(names.size());
        for (String name : names) {
            ItemSet set = categories.get(name);
            if (set != null) {
                sets.add(set);
            }
        }
        return sets;
    }

    /** Items that are never recommended. */
    ItemSet unavailable() {
        return unavailable;
    }

    /** Whether every item may be recommended. */
    boolean allAvailable() {
        return allAvailable;
    }

    /** A growing list of item numbers. */
    private static final class Numbers {
        private int[] numbers = new int[16];
        private int size;

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = number;
        }

        int[] toArray() {
            return Arrays.copyOf(numbers, size);
        }
    }
}
