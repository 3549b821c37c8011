package dev.latent.training.evaluations;

import dev.latent.storage.IdIndex;
import dev.latent.storage.StringTable;
import java.util.HashMap;
import java.util.Map;

/** Numbers of ids: first those of a version, as it has them, then others in the order in which they appear. */
final class VersionIds {

    private final IdIndex index;
    private final int own;
    private final Map<String, Integer> others = new HashMap<>();

    VersionIds(StringTable ids) {
        index = IdIndex.of(ids);
        own = Math.toIntExact(ids.size());
    }

    /** How many the version has; their numbers are below this. */
    int own() {
        return own;
    }

    int size() {
        return own + others.size();
    }

    /** The number of an id; above all others when it has none. */
    int find(String id) {
        int number = index.find(id);
        return number >= 0 ? number : others.getOrDefault(id, Integer.MAX_VALUE);
    }

    /** The number of an id, a new one when it has none. */
    int add(String id) {
        int number = index.find(id);
        return number >= 0 ? number : others.computeIfAbsent(id, _ -> own + others.size());
    }

    int[] addAll(StringTable ids) {
        int[] numbers = new int[Math.toIntExact(ids.size())];
        for (int place = 0; place < numbers.length; place++) {
            numbers[place] = add(ids.get(place));
        }
        return numbers;
    }
}
