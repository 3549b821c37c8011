package dev.latent.interactions;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a model can learn of a user or an item without interactions.
 *
 * @param categories distinct, not empty, in the order given
 * @param attributes further facts by name, sorted by name
 */
public record Facts(List<String> categories, Map<String, String> attributes) {

    private static final int MAX_CATEGORIES = 256;
    private static final int MAX_ATTRIBUTES = 256;

    /**
     * Checks and copies both.
     *
     * @throws InvalidValueException names the first field that is refused
     */
    public Facts {
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
     * Returns what a model can learn: the categories, and the attributes as {@code name=text}.
     *
     * @return distinct, sorted
     */
    public SortedSet<String> features() {
        SortedSet<String> features = new TreeSet<>(categories);
        attributes.forEach((name, text) -> features.add(name + '=' + text));
        return features;
    }

    /**
     * Writes uint16 number of categories and each; uint16 number of attributes and each one's name and text. A text is a
     * uint16 length and modified UTF-8. Big-endian.
     */
    void writeTo(DataOutputStream out) throws IOException {
        out.writeShort(categories.size());
        for (String category : categories) {
            out.writeUTF(category);
        }
        out.writeShort(attributes.size());
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            out.writeUTF(attribute.getKey());
            out.writeUTF(attribute.getValue());
        }
    }

    static Facts readFrom(DataInputStream in) throws IOException {
        List<String> categories = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            categories.add(in.readUTF());
        }
        Map<String, String> attributes = new TreeMap<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            attributes.put(in.readUTF(), in.readUTF());
        }
        return new Facts(categories, attributes);
    }
}
