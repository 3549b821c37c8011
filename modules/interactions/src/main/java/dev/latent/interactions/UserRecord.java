package dev.latent.interactions;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What is known of a user besides interactions.
 *
 * @param id as {@link Interaction#userId}
 * @param categories what the user belongs to; distinct, not empty, in the order given
 * @param attributes further facts by name, such as an age group or a country; sorted by name
 */
public record UserRecord(String id, List<String> categories, Map<String, String> attributes) {

    /**
     * Checks and copies every field.
     *
     * @throws InvalidValueException names the first field that is refused
     */
    public UserRecord {
        Names.checkId("id", id);
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
     * Returns what a model can learn of the user without interactions: the categories, and the attributes as
     * {@code name=text}.
     *
     * @return distinct, sorted
     */
    public SortedSet<String> features() {
        return facts().features();
    }
}
