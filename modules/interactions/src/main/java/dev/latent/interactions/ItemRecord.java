package dev.latent.interactions;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

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

    /**
     * Checks and copies every field.
     *
     * @throws InvalidValueException names the first field that is refused
     */
    public ItemRecord {
        Names.checkId("id", id);
        Names.checkText("title", title, Names.MAX_TEXT_BYTES);
        Facts facts = new Facts(categories, attributes);
        categories = facts.categories();
        attributes = facts.attributes();
    }

    /**
     * Returns what of it models learn from.
     *
     * @return categories and attributes
     */
    public Facts facts() {
        return new Facts(categories, attributes);
    }

    /**
     * Returns what a model can learn of the item without interactions: its categories, and its attributes as
     * {@code name=text}.
     *
     * @return distinct, sorted
     */
    public SortedSet<String> features() {
        return facts().features();
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
