package dev.latent.algorithms.itemknn;

import dev.latent.spi.ElementType;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Section;
import dev.latent.spi.SectionReader;
import dev.latent.spi.SectionWriter;
import dev.latent.spi.SparseRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A fixed number of places for each item's neighbours, best first; places without a neighbour hold {@value #NONE}.
 *
 * @param items number of rows
 * @param places of a row
 * @param indices {@code items × places} int32
 * @param similarities {@code items × places} float32
 */
record NeighbourTable(int items, int places, MemorySegment indices, FloatMatrix similarities) {

    static final int NONE = -1;

    private static final String INDICES = "neighbours";
    private static final String SIMILARITIES = "similarities";

    /** Allocates a table without neighbours, with no more places than there are other items. */
    static NeighbourTable allocate(Arena arena, int items, int neighbours) {
        int places = Math.min(neighbours, Math.max(1, items));
        MemorySegment indices = arena.allocate((long) items * places * Integer.BYTES, 64);
        indices.fill((byte) NONE);
        return new NeighbourTable(items, places, indices, FloatMatrix.allocate(arena, items, places));
    }

    /** Returns the bytes of a table; saturates. */
    static long bytes(long items, int neighbours) {
        return (long) (8.0 * items * Math.min(neighbours, Math.max(1, items)));
    }

    static NeighbourTable read(SectionReader sections) throws IOException {
        Section indices = sections.read(INDICES);
        Section similarities = sections.read(SIMILARITIES);
        boolean fits = indices.rows() == similarities.rows() && indices.columns() == similarities.columns();
        if (!fits || indices.type() != ElementType.INT32) {
            throw new IOException("Sections '%s' of %d x %d %s and '%s' of %d x %d do not fit; they were not written by"
                            .formatted(
                                    INDICES,
                                    indices.rows(),
                                    indices.columns(),
                                    indices.type(),
                                    SIMILARITIES,
                                    similarities.rows(),
                                    similarities.columns())
                    + " this algorithm");
        }
        NeighbourTable table = new NeighbourTable(
                Math.toIntExact(indices.rows()), indices.columns(), indices.data(), similarities.floats());
        table.checkIndices();
        return table;
    }

    private void checkIndices() throws IOException {
        for (long place = 0; place < (long) items * places; place++) {
            int index = indices.get(SparseRows.INT32, place * Integer.BYTES);
            if (index < NONE || index >= items) {
                throw new IOException("Section '" + INDICES + "' names item " + index + " of " + items + " in place "
                        + place + "; it was not written by this algorithm");
            }
        }
    }

    /** Sets the first {@code count} neighbours of an item. */
    void write(int item, int[] neighbours, float[] values, int count) {
        for (int place = 0; place < count; place++) {
            indices.set(SparseRows.INT32, ((long) item * places + place) * Integer.BYTES, neighbours[place]);
            similarities.set(item, place, values[place]);
        }
    }

    /** Adds the similarities of an item's neighbours, times {@code factor}, to their scores. */
    void addTo(int item, float factor, float[] scores) {
        for (int place = 0; place < places; place++) {
            int other = indices.get(SparseRows.INT32, ((long) item * places + place) * Integer.BYTES);
            if (other == NONE) {
                return;
            }
            scores[other] += factor * similarities.get(item, place);
        }
    }

    void write(SectionWriter sections) throws IOException {
        sections.write(new Section(INDICES, ElementType.INT32, items, places, indices));
        sections.write(Section.of(SIMILARITIES, similarities));
    }
}
