package dev.latent.interactions;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The features of some users or items that are worth learning: categories, and attributes that at least two of them share.
 * Numbered from 0 in the order of their names. Immutable.
 */
public final class FeatureVocabulary {

    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final long entries;

    private FeatureVocabulary(List<String> names, long entries) {
        this.names = names;
        this.entries = entries;
        names.forEach(name -> numbers.put(name, numbers.size()));
    }

    /** Counts what is known of users or of items. Not thread-safe. */
    public static final class Builder {

        private final TreeMap<String, Long> counts = new TreeMap<>();
        private final Set<String> categories = new HashSet<>();

        /** Starts with nothing counted. */
        public Builder() {}

        /**
         * Counts what is known of one of them.
         *
         * @param facts of one that was not counted yet
         */
        public void add(Facts facts) {
            categories.addAll(facts.categories());
            facts.features().forEach(feature -> counts.merge(feature, 1L, Long::sum));
        }

        /**
         * Chooses what is worth learning.
         *
         * @return of all that was counted
         */
        public FeatureVocabulary build() {
            counts.entrySet().removeIf(feature -> feature.getValue() < 2 && !categories.contains(feature.getKey()));
            long entries = counts.values().stream().mapToLong(Long::longValue).sum();
            return new FeatureVocabulary(List.copyOf(counts.keySet()), entries);
        }
    }

    /**
     * Returns the features as {@link Facts#features} writes them.
     *
     * @return by number
     */
    public List<String> names() {
        return names;
    }

    /**
     * Numbers those of some features that are worth learning.
     *
     * @param features distinct
     * @return ascending; empty when none is
     */
    public int[] numbers(Collection<String> features) {
        return features.stream()
                .filter(numbers::containsKey)
                .mapToInt(feature -> numbers.getOrDefault(feature, -1))
                .sorted()
                .toArray();
    }

    /** How often those that were counted have one of these features, together. */
    long entries() {
        return entries;
    }
}
