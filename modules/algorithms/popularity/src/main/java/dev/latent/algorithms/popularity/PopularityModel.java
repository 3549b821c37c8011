package dev.latent.algorithms.popularity;

import dev.latent.spi.FloatMatrix;
import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.SectionWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** One score an item, whatever the history. Immutable and thread-safe. */
final class PopularityModel implements ScoringModel {

    static final String SECTION = "popularity";

    private final FloatMatrix scores;

    /** Shows {@code itemCount × 1} scores. */
    PopularityModel(FloatMatrix scores) {
        this.scores = scores;
    }

    @Override
    public int itemCount() {
        return Math.toIntExact(scores.rows());
    }

    @Override
    public void score(History history, float[] target) {
        MemorySegment.copy(scores.segment(), FloatMatrix.ELEMENT, 0, target, 0, itemCount());
    }

    @Override
    public void write(SectionWriter sections) throws IOException {
        sections.write(Section.of(SECTION, scores));
    }
}
