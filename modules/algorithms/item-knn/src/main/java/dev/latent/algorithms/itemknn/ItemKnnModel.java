package dev.latent.algorithms.itemknn;

import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.SectionReader;
import dev.latent.spi.SectionWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;

/** The neighbours of all items, and the scores of a history: the sums of the similarities to its items. Thread-safe. */
final class ItemKnnModel implements ScoringModel {

    private static final String RULE = "counting_rule";

    private final NeighbourTable table;
    private final CountingRule rule;

    ItemKnnModel(NeighbourTable table, CountingRule rule) {
        this.table = table;
        this.rule = rule;
    }

    static ItemKnnModel read(SectionReader sections) throws IOException {
        Section rule = sections.read(RULE);
        if (rule.rows() != 1 || rule.columns() != 2) {
            throw new IOException("Section '" + RULE + "' is " + rule.rows() + " x " + rule.columns()
                    + ", expected 1 x 2; it was not written by this algorithm");
        }
        FloatMatrix numbers = rule.floats();
        return new ItemKnnModel(
                NeighbourTable.read(sections), new CountingRule(numbers.get(0, 0) != 0, numbers.get(0, 1)));
    }

    @Override
    public int itemCount() {
        return table.items();
    }

    @Override
    public void score(History history, float[] scores) {
        Arrays.fill(scores, 0, itemCount(), 0f);
        for (int i = 0; i < history.size(); i++) {
            float entry = rule.entry(history.values()[i]);
            if (entry != 0) {
                table.addTo(history.items()[i], entry, scores);
            }
        }
    }

    @Override
    public void write(SectionWriter sections) throws IOException {
        table.write(sections);
        try (Arena arena = Arena.ofConfined()) {
            FloatMatrix numbers = FloatMatrix.allocate(arena, 1, 2);
            numbers.set(0, 0, rule.byValue() ? 1 : 0);
            numbers.set(0, 1, rule.minimumValue());
            sections.write(Section.of(RULE, numbers));
        }
    }
}
