package dev.latent.interactions;

import dev.latent.storage.StringTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes the features of a snapshot's users or items, one-hot: categories, and attributes that at least two of them share;
 * sorted by name. Nothing is written when there are none.
 */
final class FeatureWriter {

    /** Finds what is known of an id. */
    interface FactsSource {
        Optional<Facts> of(String id);
    }

    private final SnapshotSections sections;
    private final List<Set<String>> featuresOfRow = new ArrayList<>();
    private final TreeMap<String, Integer> features = new TreeMap<>(); // how many have it, then its number
    private long entries;

    private FeatureWriter(SnapshotSections sections) {
        this.sections = sections;
    }

    /**
     * Writes them.
     *
     * @param ids the table of the users or items, written before
     * @param names of the table of features
     * @param rows of the matrix
     * @return how many features there are
     */
    static int write(FactsSource source, StringTable ids, String names, String rows, SnapshotSections sections)
            throws IOException {
        FeatureWriter writer = new FeatureWriter(sections);
        writer.collect(source, ids);
        if (writer.features.isEmpty()) {
            return 0;
        }
        writer.writeNames(names);
        writer.writeRows(rows);
        return writer.features.size();
    }

    private void collect(FactsSource source, StringTable ids) {
        Set<String> categories = new HashSet<>();
        for (long row = 0; row < ids.size(); row++) {
            Optional<Facts> known = source.of(ids.get(row));
            known.ifPresent(facts -> categories.addAll(facts.categories()));
            Set<String> ofRow = known.<Set<String>>map(Facts::features).orElse(Set.of());
            featuresOfRow.add(ofRow);
            ofRow.forEach(feature -> features.merge(feature, 1, Integer::sum));
        }
        features.entrySet().removeIf(feature -> !isKept(feature.getKey(), feature.getValue(), categories));
    }

    /** Whether a feature that so many have is worth learning. */
    static boolean isKept(String feature, long count, Collection<String> categories) {
        return count >= 2 || categories.contains(feature);
    }

    private void writeNames(String table) throws IOException {
        int next = 0;
        for (var feature : features.entrySet()) {
            entries += feature.getValue();
            feature.setValue(next++);
        }
        List<String> names = List.copyOf(features.keySet());
        IdTable.write(
                table,
                names.size(),
                feature -> 1,
                consumer -> {
                    for (int feature = 0; feature < names.size(); feature++) {
                        consumer.accept(names.get(feature).getBytes(StandardCharsets.UTF_8), feature);
                    }
                },
                sections);
    }

    private void writeRows(String name) throws IOException {
        try (RowColumns columns = new RowColumns(sections, name, featuresOfRow.size(), entries, false, true)) {
            for (Set<String> ofRow : featuresOfRow) {
                int[] row = ofRow.stream()
                        .filter(features::containsKey)
                        .mapToInt(features::get)
                        .sorted()
                        .toArray();
                for (int feature : row) {
                    columns.put(feature, 1f, 0);
                }
                columns.endRow();
            }
            columns.finish();
        }
    }
}
