package dev.latent.training.offline;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The ids of users or of items, numbered from 0: shorter ones first, equal lengths by their characters. Immutable. */
public final class OfflineIds {

    private static final Comparator<String> ORDER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final String[] ids;

    private OfflineIds(String[] ids) {
        this.ids = ids;
    }

    /**
     * Returns how many there are.
     *
     * @return at least 0
     */
    public int size() {
        return ids.length;
    }

    /**
     * Returns the id of a number.
     *
     * @param number from 0
     * @return as the file spells it
     */
    public String get(int number) {
        return ids[number];
    }

    /**
     * Looks up the number of an id.
     *
     * @param id as a file spells it
     * @return empty when it is not one of these
     */
    public OptionalInt find(String id) {
        int number = Arrays.binarySearch(ids, id, ORDER);
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /**
     * Returns all ids by number.
     *
     * @return unmodifiable
     */
    public List<String> asList() {
        return Collections.unmodifiableList(Arrays.asList(ids));
    }

    /** Collects ids under preliminary numbers, in the order in which they appear. */
    static final class Builder {
        private final Map<String, Integer> numbers = new HashMap<>();

        int add(String id) {
            Integer number = numbers.putIfAbsent(id, numbers.size());
            return number == null ? numbers.size() - 1 : number;
        }

        /** The final number of each preliminary one. */
        int[] sort() {
            String[] sorted = sorted();
            int[] finals = new int[sorted.length];
            for (int number = 0; number < sorted.length; number++) {
                finals[numbers.getOrDefault(sorted[number], -1)] = number;
            }
            return finals;
        }

        OfflineIds build() {
            return new OfflineIds(sorted());
        }

        private String[] sorted() {
            String[] sorted = numbers.keySet().toArray(String[]::new);
            Arrays.sort(sorted, ORDER);
            return sorted;
        }
    }
}
