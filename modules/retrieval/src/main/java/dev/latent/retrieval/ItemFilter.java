package dev.latent.retrieval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which items may be returned: an item must be allowed (when an allow list is given), in at least one of the sets of
 * {@link #withinAnyOf} (when given), and neither excluded nor in a set of {@link #outside}. Parts combine freely.
 * Immutable and thread-safe; the {@code with} methods return changed copies.
 */
public final class ItemFilter {

    /** Lets every item pass. */
    public static final ItemFilter ALL = new ItemFilter(new int[0], null, null, List.of());

    private final int[] excluded;
    private final int @Nullable [] allowed;
    private final @Nullable List<ItemSet> within;
    private final List<ItemSet> outside;

    private ItemFilter(
            int[] excluded, int @Nullable [] allowed, @Nullable List<ItemSet> within, List<ItemSet> outside) {
        this.excluded = excluded;
        this.allowed = allowed;
        this.within = within;
        this.outside = outside;
    }

    /**
     * Excludes items beside those already excluded.
     *
     * @param items item numbers in any order; negative ones (items the version does not know) are passed over
     * @return a stricter filter
     */
    public ItemFilter excluding(int... items) {
        int[] all = Arrays.copyOf(excluded, excluded.length + items.length);
        System.arraycopy(items, 0, all, excluded.length, items.length);
        return new ItemFilter(sortedItems(all), allowed, within, outside);
    }

    /**
     * Restricts the eligible items to a list, replacing an earlier one.
     *
     * @param items item numbers in any order; negative ones (items the version does not know) are passed over. An empty
     *     list lets nothing pass.
     * @return a filter with this allow list
     */
    public ItemFilter allowingOnly(int... items) {
        return new ItemFilter(excluded, sortedItems(items), within, outside);
    }

    /**
     * Restricts the eligible items to the union of some sets, replacing an earlier such restriction.
     *
     * @param sets for example categories. An empty list lets nothing pass.
     * @return a filter with this restriction
     */
    public ItemFilter withinAnyOf(List<ItemSet> sets) {
        return new ItemFilter(excluded, allowed, List.copyOf(sets), outside);
    }

    /**
     * Excludes all members of a set, beside those of earlier ones.
     *
     * @param set for example the items that are not available
     * @return a stricter filter
     */
    public ItemFilter outside(ItemSet set) {
        List<ItemSet> sets = Stream.concat(outside.stream(), Stream.of(set)).toList();
        return new ItemFilter(excluded, allowed, within, sets);
    }

    private static int[] sortedItems(int[] items) {
        return Arrays.stream(items)
                .filter(item -> item >= 0)
                .sorted()
                .distinct()
                .toArray();
    }

    /** The allow list, ascending, or null when every item is allowed. */
    int @Nullable [] allowed() {
        return allowed;
    }

    /** Whether an item passes all parts but the allow list, which the caller walks itself. */
    boolean acceptsAllowed(int item) {
        if (excluded.length > 0 && Arrays.binarySearch(excluded, item) >= 0) {
            return false;
        }
        for (ItemSet set : outside) {
            if (set.contains(item)) {
                return false;
            }
        }
        return within == null || containedInAny(within, item);
    }

    /**
     * Tells whether an item is eligible.
     *
     * @param item its number
     * @return whether all parts let it pass
     */
    public boolean accepts(int item) {
        return (allowed == null || Arrays.binarySearch(allowed, item) >= 0) && acceptsAllowed(item);
    }

    private static boolean containedInAny(List<ItemSet> sets, int item) {
        for (ItemSet set : sets) {
            if (set.contains(item)) {
                return true;
            }
        }
        return false;
    }
}
