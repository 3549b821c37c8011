package dev.latent.training.offline;

import dev.latent.evaluation.InteractionColumns;
import dev.latent.interactions.Facts;
import dev.latent.interactions.FeatureVocabulary;
import dev.latent.interactions.ItemRecord;
import dev.latent.interactions.RecordFile;
import dev.latent.spi.SparseRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a file tells of items or users that is worth learning: as on a server, features are counted among those that have
 * interactions to learn from. Immutable.
 */
final class SideFeatures {

    private final Map<String, Facts> facts;
    private final List<String> available;
    private final FeatureVocabulary vocabulary;

    private SideFeatures(Map<String, Facts> facts, List<String> available, FeatureVocabulary vocabulary) {
        this.facts = facts;
        this.available = available;
        this.vocabulary = vocabulary;
    }

    /** Reads a file of items; {@code trained} have interactions to learn from. */
    static SideFeatures ofItems(Path file, OfflineIds trained) throws IOException {
        Map<String, ItemRecord> records = RecordFile.items(file);
        Map<String, Facts> facts = new LinkedHashMap<>();
        records.forEach((id, item) -> facts.put(id, item.facts()));
        List<String> available = records.values().stream()
                .filter(ItemRecord::available)
                .map(ItemRecord::id)
                .toList();
        return new SideFeatures(facts, available, count(file, "item", facts, trained));
    }

    /** Reads a file of users; {@code trained} have interactions to learn from. */
    static SideFeatures ofUsers(Path file, OfflineIds trained) throws IOException {
        Map<String, Facts> facts = new LinkedHashMap<>();
        RecordFile.users(file).forEach((id, user) -> facts.put(id, user.facts()));
        return new SideFeatures(facts, List.copyOf(facts.keySet()), count(file, "user", facts, trained));
    }

    private static FeatureVocabulary count(Path file, String what, Map<String, Facts> facts, OfflineIds trained) {
        FeatureVocabulary.Builder counted = new FeatureVocabulary.Builder();
        List<String> matched = facts.keySet().stream()
                .filter(id -> trained.find(id).isPresent())
                .toList();
        if (matched.isEmpty()) {
            throw new IllegalArgumentException("None of the " + facts.size() + " " + what + "s of " + file
                    + " has interactions to learn from: there they are called " + trained.get(0) + ", …, in "
                    + file.getFileName() + " " + facts.keySet().iterator().next()
                    + ", …; give a file with the same ids");
        }
        matched.forEach(id -> counted.add(facts.getOrDefault(id, NOTHING)));
        FeatureVocabulary vocabulary = counted.build();
        if (vocabulary.names().isEmpty()) {
            TreeSet<String> known = new TreeSet<>();
            matched.forEach(id ->
                    known.addAll(facts.getOrDefault(id, NOTHING).attributes().keySet()));
            throw new IllegalArgumentException("File " + file + " tells nothing to learn of the " + matched.size() + " "
                    + what + "s with interactions: no categories, and "
                    + (known.isEmpty() ? "no attributes" : "no value of " + known + " that two of them share")
                    + "; name a column categories (parted by |), or give attributes that repeat");
        }
        return vocabulary;
    }

    private static final Facts NOTHING = new Facts(List.of(), Map.of());

    /** Who may be recommended by features alone. */
    List<String> recommendable() {
        return available.stream().filter(id -> numbers(id).length > 0).toList();
    }

    private int[] numbers(String id) {
        return vocabulary.numbers(facts.getOrDefault(id, NOTHING).features());
    }

    /** One row an id, one column a feature. */
    SparseRows rows(OfflineIds ids, Arena arena) {
        InteractionColumns entries = new InteractionColumns();
        for (int row = 0; row < ids.size(); row++) {
            for (int feature : numbers(ids.get(row))) {
                entries.add(row, feature, 1, 0);
            }
        }
        return entries.pack(ids.size(), vocabulary.names().size(), arena).byUser();
    }
}
