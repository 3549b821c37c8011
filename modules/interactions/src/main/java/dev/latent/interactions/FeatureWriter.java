package dev.latent.interactions;

import dev.latent.storage.StringTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Writes the features of a snapshot's users or items, one-hot, as their {@link FeatureVocabulary} numbers them. Nothing is
 * written when there are none.
 */
final class FeatureWriter {

    /** Finds what is known of an id. */
    interface FactsSource {
        Optional<Facts> of(String id);
    }

    private final SnapshotSections sections;
    private final List<SortedSet<String>> featuresOfRow;
    private final FeatureVocabulary features;

    private FeatureWriter(
            SnapshotSections sections, List<SortedSet<String>> featuresOfRow, FeatureVocabulary features) {
        this.sections = sections;
        this.featuresOfRow = featuresOfRow;
        this.features = features;
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
        List<SortedSet<String>> featuresOfRow = new ArrayList<>();
        FeatureVocabulary.Builder counted = new FeatureVocabulary.Builder();
        for (long row = 0; row < ids.size(); row++) {
            Optional<Facts> known = source.of(ids.get(row));
            known.ifPresent(counted::add);
            featuresOfRow.add(known.map(Facts::features).orElse(Collections.emptySortedSet()));
        }
        FeatureVocabulary features = counted.build();
        if (!features.names().isEmpty()) {
            FeatureWriter writer = new FeatureWriter(sections, featuresOfRow, features);
            writer.writeNames(names);
            writer.writeRows(rows);
        }
        return features.names().size();
    }

    private void writeNames(String table) throws IOException {
        List<String> names = features.names();
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
        try (RowColumns columns =
                new RowColumns(sections, name, featuresOfRow.size(), features.entries(), false, true)) {
            for (SortedSet<String> ofRow : featuresOfRow) {
                for (int feature : features.numbers(ofRow)) {
                    columns.put(feature, 1f, 0);
                }
                columns.endRow();
            }
            columns.finish();
        }
    }
}
