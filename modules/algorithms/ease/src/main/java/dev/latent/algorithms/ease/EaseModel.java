package dev.latent.algorithms.ease;

import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.SectionReader;
import dev.latent.spi.SectionWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The weights, and the scores {@code x·B} of a history x: one pass over a row of weights for each of its items.
 *
 * <p>Immutable and thread-safe. Items are summed in the order of the history, so equal histories have equal scores.
 */
final class EaseModel implements ScoringModel {

    /** Sections count their columns in 32 bits, and a row of scores must be an array. */
    static final int MAX_ITEMS = 1 << 20;

    private static final String WEIGHTS = "weights";
    private static final String RULE = "counting_rule";
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private final FloatMatrix weights;
    private final CountingRule rule;

    /** Shows {@code itemCount × itemCount} weights. */
    EaseModel(FloatMatrix weights, CountingRule rule) {
        this.weights = weights;
        this.rule = rule;
    }

    /** Returns the bytes of the weights; saturates. */
    static long bytes(long items) {
        return (long) ((double) Float.BYTES * items * items);
    }

    static EaseModel read(SectionReader sections) throws IOException {
        Section weights = sections.read(WEIGHTS);
        Section rule = sections.read(RULE);
        if (weights.rows() != weights.columns() || rule.rows() != 1 || rule.columns() != 2) {
            throw new IOException(
                    "Sections '%s' of %d x %d and '%s' of %d x %d, expected a square and 1 x 2; they were not"
                                    .formatted(
                                            WEIGHTS,
                                            weights.rows(),
                                            weights.columns(),
                                            RULE,
                                            rule.rows(),
                                            rule.columns())
                            + " written by this algorithm");
        }
        FloatMatrix numbers = rule.floats();
        return new EaseModel(weights.floats(), new CountingRule(numbers.get(0, 0) != 0, numbers.get(0, 1)));
    }

    @Override
    public int itemCount() {
        return weights.columns();
    }

    @Override
    public void score(History history, float[] scores) {
        Arrays.fill(scores, 0, itemCount(), 0f);
        for (int i = 0; i < history.size(); i++) {
            float entry = rule.entry(history.values()[i]);
            if (entry != 0) {
                addRow(history.items()[i], entry, scores);
            }
        }
    }

    private void addRow(int item, float entry, float[] scores) {
        long base = (long) Objects.checkIndex(item, itemCount()) * itemCount() * Float.BYTES;
        int bound = SPECIES.loopBound(itemCount());
        FloatVector factor = FloatVector.broadcast(SPECIES, entry);
        int column = 0;
        for (; column < bound; column += SPECIES.length()) {
            FloatVector.fromMemorySegment(
                            SPECIES, weights.segment(), base + (long) column * Float.BYTES, ByteOrder.LITTLE_ENDIAN)
                    .fma(factor, FloatVector.fromArray(SPECIES, scores, column))
                    .intoArray(scores, column);
        }
        for (; column < itemCount(); column++) {
            scores[column] = Math.fma(weights.get(item, column), entry, scores[column]);
        }
    }

    @Override
    public void write(SectionWriter sections) throws IOException {
        sections.write(Section.of(WEIGHTS, weights));
        try (Arena arena = Arena.ofConfined()) {
            FloatMatrix numbers = FloatMatrix.allocate(arena, 1, 2);
            numbers.set(0, 0, rule.byValue() ? 1 : 0);
            numbers.set(0, 1, rule.minimumValue());
            sections.write(Section.of(RULE, numbers));
        }
    }
}
