package dev.latent.interactions;

import dev.latent.spi.ElementType;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sections of a sparse matrix that is written row by row. */
final class RowColumns implements Closeable {

    private final List<SnapshotSections.Column> all = new ArrayList<>();
    private final SnapshotSections.Column offsets;
    private final SnapshotSections.Column indices;
    private final SnapshotSections.Column values;
    private final SnapshotSections.@Nullable Column times;
    private long position;

    RowColumns(SnapshotSections sections, String name, int rows, long count, boolean withTimes, boolean isContent)
            throws IOException {
        try {
            offsets = add(sections.column(name + SnapshotLayout.OFFSETS, ElementType.INT64, rows + 1L, isContent));
            indices = add(sections.column(name + SnapshotLayout.INDICES, ElementType.INT32, count, isContent));
            values = add(sections.column(name + SnapshotLayout.VALUES, ElementType.FLOAT32, count, isContent));
            times = withTimes
                    ? add(sections.column(name + SnapshotLayout.TIMES, ElementType.INT64, count, isContent))
                    : null;
            offsets.putLong(0);
        } catch (IOException exception) {
            close();
            throw exception;
        }
    }

    private SnapshotSections.Column add(SnapshotSections.Column column) {
        all.add(column);
        return column;
    }

    void put(int index, float value, long time) throws IOException {
        indices.putInt(index);
        values.putFloat(value);
        if (times != null) {
            times.putLong(time);
        }
        position++;
    }

    void endRow() throws IOException {
        offsets.putLong(position);
    }

    void finish() throws IOException {
        for (SnapshotSections.Column column : all) {
            column.finish();
        }
    }

    @Override
    public void close() throws IOException {
        for (SnapshotSections.Column column : all) {
            column.close();
        }
    }
}
