package dev.latent.evaluation;

import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Builds compressed rows off the heap, with 64-bit positions. */
final class RowBuilder {

    private static final long ALIGNMENT = 64;

    private final MemorySegment offsets;
    private final MemorySegment indices;
    private final MemorySegment values;
    private final MemorySegment times;

    private RowBuilder(int rows, long count, boolean timed, Arena arena) {
        offsets = arena.allocate((rows + 1L) * Long.BYTES, ALIGNMENT);
        indices = arena.allocate(count * Integer.BYTES, ALIGNMENT);
        values = arena.allocate(count * Float.BYTES, ALIGNMENT);
        times = arena.allocate(timed ? count * Long.BYTES : 0, ALIGNMENT);
    }

    /** The entries of {@code source} whose positions are in the set, or those whose are not. */
    static SparseRows select(SparseRows source, PositionSet positions, boolean inside, Arena arena) {
        long count = inside ? positions.count() : source.count() - positions.count();
        RowBuilder builder = new RowBuilder(source.rows(), count, isTimed(source), arena);
        long next = 0;
        for (int row = 0; row < source.rows(); row++) {
            builder.setStart(row, next);
            for (long position = source.start(row); position < source.end(row); position++) {
                if (positions.contains(position) == inside) {
                    builder.put(next++, source.index(position), source.value(position), source.time(position));
                }
            }
        }
        builder.setStart(source.rows(), next);
        return builder.build(source.rows(), source.columns());
    }

    /** The same entries with rows and columns exchanged; within a row, columns ascend. */
    static SparseRows transpose(SparseRows source, Arena arena) {
        RowBuilder builder = new RowBuilder(source.columns(), source.count(), isTimed(source), arena);
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment next = scratch.allocate((source.columns() + 1L) * Long.BYTES, Long.BYTES);
            for (long position = 0; position < source.count(); position++) {
                increment(next, source.index(position) + 1L);
            }
            for (int row = 1; row <= source.columns(); row++) {
                setLong(next, row, getLong(next, row) + getLong(next, row - 1));
            }
            MemorySegment.copy(next, 0, builder.offsets, 0, next.byteSize());
            for (int row = 0; row < source.rows(); row++) {
                for (long position = source.start(row); position < source.end(row); position++) {
                    builder.put(
                            increment(next, source.index(position)),
                            row,
                            source.value(position),
                            source.time(position));
                }
            }
        }
        return builder.build(source.columns(), source.rows());
    }

    /**
     * Rows in another order and with other columns, those with columns from the limit on left out.
     *
     * @param order for each row of the result the row of the source, -1 for an empty one
     * @param newColumns the new number of each column
     */
    static SparseRows renumber(
            SparseRows source, int[] order, int[] newColumns, int columns, int columnLimit, Arena arena) {
        long count = 0;
        for (long position = 0; position < source.count(); position++) {
            count += newColumns[source.index(position)] < columnLimit ? 1 : 0;
        }
        RowBuilder builder = new RowBuilder(order.length, count, isTimed(source), arena);
        long next = 0;
        for (int row = 0; row < order.length; row++) {
            builder.setStart(row, next);
            if (order[row] >= 0) {
                next = builder.putRow(source, order[row], newColumns, columnLimit, next);
            }
        }
        builder.setStart(order.length, next);
        return builder.build(order.length, columns);
    }

    private long putRow(SparseRows source, int row, int[] newColumns, int columnLimit, long first) {
        long start = source.start(row);
        long[] entries = new long[source.length(row)]; // new column, then place in the row
        for (int place = 0; place < entries.length; place++) {
            entries[place] = (long) newColumns[source.index(start + place)] << Integer.SIZE | place;
        }
        Arrays.sort(entries);
        long next = first;
        for (long entry : entries) {
            int column = (int) (entry >>> Integer.SIZE);
            if (column < columnLimit) {
                long position = start + (int) entry;
                put(next++, column, source.value(position), source.time(position));
            }
        }
        return next;
    }

    private static boolean isTimed(SparseRows source) {
        return source.times().byteSize() != 0;
    }

    /** The first {@code count} rows of an order that is sorted by user, then item, without repeats. */
    static SparseRows pack(InteractionColumns rows, int[] order, int count, int users, int items, Arena arena) {
        RowBuilder builder = new RowBuilder(users, count, rows.isTimed(), arena);
        int next = 0;
        for (int user = 0; user < users; user++) {
            builder.setStart(user, next);
            while (next < count && rows.user(order[next]) == user) {
                int row = order[next];
                builder.put(next++, rows.item(row), rows.value(row), rows.time(row));
            }
        }
        builder.setStart(users, count);
        return builder.build(users, items);
    }

    private static long increment(MemorySegment counters, long index) {
        long value = getLong(counters, index);
        setLong(counters, index, value + 1);
        return value;
    }

    private static long getLong(MemorySegment segment, long index) {
        return segment.get(SparseRows.INT64, index * Long.BYTES);
    }

    private static void setLong(MemorySegment segment, long index, long value) {
        segment.set(SparseRows.INT64, index * Long.BYTES, value);
    }

    private void setStart(int row, long position) {
        setLong(offsets, row, position);
    }

    private void put(long position, int column, float value, long time) {
        indices.set(SparseRows.INT32, position * Integer.BYTES, column);
        values.set(SparseRows.FLOAT32, position * Float.BYTES, value);
        if (times.byteSize() != 0) {
            setLong(times, position, time);
        }
    }

    private SparseRows build(int rows, int columns) {
        return new SparseRows(
                rows, columns, offsets.asReadOnly(), indices.asReadOnly(), values.asReadOnly(), times.asReadOnly());
    }
}
