package dev.latent.interactions;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a dataset holds; kept beside the data in the same atomic writes, so it is exact at any moment.
 *
 * @param users users with at least one interaction
 * @param items items that interactions have named; an item whose last user was deleted still counts
 * @param itemRecords items with a record (title, categories, …), with or without interactions
 * @param userRecords users with a record (categories, attributes), with or without interactions
 * @param interactions stored records, repeats included
 * @param types interactions by type, without types that have none
 */
public record DatasetStats(
        long users, long items, long itemRecords, long userRecords, long interactions, SortedMap<String, Long> types) {

    /** Copies the map. */
    public DatasetStats {
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    }
}
