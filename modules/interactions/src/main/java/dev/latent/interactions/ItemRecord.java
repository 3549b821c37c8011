package dev.latent.interactions;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of an item besides interactions.
 *
 * @param id as {@link Interaction#itemId}
 * @param title what a person reads, empty when there is none
 * @param categories distinct, not empty, in the order given
 * @param attributes further facts by name, sorted by name
 * @param available whether it may be recommended
 */
public record ItemRecord(
        String id, String title, List<String> categories, Map<String, String> attributes, boolean available) {

    private static final int MAX_CATEGORIES = 256;
    private static final int MAX_ATTRIBUTES = 256;

    /**
     * Checks and copies every field.
     *
     * @throws InvalidValueException names the first field that is refused
     */
    public ItemRecord {
        Names.checkId("id", id);
        Names.checkText("title", title, Names.MAX_TEXT_BYTES);
        categories = List.copyOf(categories);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        if (categories.size() > MAX_CATEGORIES || attributes.size() > MAX_ATTRIBUTES) {
            throw new InvalidValueException(
                    categories.size() > MAX_CATEGORIES ? "categories" : "attributes",
                    "has more than " + MAX_CATEGORIES + " entries");
        }
        categories.forEach(category -> Names.checkId("categories", category));
        if (categories.stream().distinct().count() != categories.size()) {
            throw new InvalidValueException("categories", "holds one twice: " + categories);
        }
        attributes.forEach((name, text) -> {
            Names.checkId("attributes", name);
            Names.checkText("attributes", text, Names.MAX_TEXT_BYTES);
        });
    }

    /**
     * Returns what a model can learn of the item without interactions: its categories, and its attributes as
     * {@code name=text}.
     *
     * @return distinct, sorted
     */
    public SortedSet<String> features() {
        SortedSet<String> features = new TreeSet<>(categories);
        attributes.forEach((name, text) -> features.add(name + '=' + text));
        return features;
    }

    /**
     * A record of an available item without attributes.
     *
     * @param id see {@link ItemRecord}
     * @param title see {@link ItemRecord}
     * @param categories see {@link ItemRecord}
     * @return the record
     */
    public static ItemRecord of(String id, String title, String... categories) {
        return new ItemRecord(id, title, List.of(categories), Map.of(), true);
    }
}
