package dev.latent.spi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A sparse matrix in compressed rows over memory that the host owns: interactions by user, or by item.
 *
 * <p>Entries of row {@code r} are the positions {@code start(r) … end(r) - 1}; within a row the columns ascend and are
 * distinct. Positions are 64 bits. Read-only and safe for use by many threads.
 *
 * @param rows number of rows, at least 0
 * @param columns number of columns, at least 0
 * @param offsets {@code rows + 1} int64; entry {@code r} is where row {@code r} starts, the last is the entry count
 * @param indices one int32 an entry: its column
 * @param values one float32 an entry, finite
 * @param times one int64 an entry: seconds since 1970 UTC, 0 when not known; of size 0 when no entry has a time
 */
public record SparseRows(
        int rows,
        int columns,
        MemorySegment offsets,
        MemorySegment indices,
        MemorySegment values,
        MemorySegment times) {

    /** Layout of an offset or a time. */
    public static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Layout of an index. */
    public static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Layout of a value. */
    public static final ValueLayout.OfFloat FLOAT32 = FloatMatrix.ELEMENT;

    /** Checks the sizes of the segments against each other. */
    public SparseRows {
        if (rows < 0 || columns < 0 || offsets.byteSize() != (rows + 1L) * Long.BYTES) {
            throw new IllegalArgumentException("Compressed rows of " + rows + " x " + columns + " need "
                    + (rows + 1L) * Long.BYTES + " bytes of offsets, got " + offsets.byteSize());
        }
        long count = offsets.get(INT64, (long) rows * Long.BYTES);
        checkSize("indices", indices, count * Integer.BYTES);
        checkSize("values", values, count * Float.BYTES);
        if (times.byteSize() != 0) {
            checkSize("times", times, count * Long.BYTES);
        }
    }

    private static void checkSize(String what, MemorySegment segment, long expected) {
        if (segment.byteSize() != expected) {
            throw new IllegalArgumentException(
                    "Compressed rows need " + expected + " bytes of " + what + ", got " + segment.byteSize());
        }
    }

    /**
     * Returns the number of entries.
     *
     * @return at least 0
     */
    public long count() {
        return offsets.get(INT64, (long) rows * Long.BYTES);
    }

    /**
     * Returns where a row starts.
     *
     * @param row from 0; one past the last row is accepted and gives the entry count
     * @return a position
     */
    public long start(int row) {
        return offsets.get(INT64, (long) row * Long.BYTES);
    }

    /**
     * Returns where a row ends.
     *
     * @param row from 0
     * @return the position after its last entry
     */
    public long end(int row) {
        return start(row + 1);
    }

    /**
     * Returns the number of entries in a row.
     *
     * @param row from 0
     * @return at least 0
     */
    public int length(int row) {
        return (int) (end(row) - start(row));
    }

    /**
     * Returns the column of an entry.
     *
     * @param position from {@link #start}
     * @return from 0
     */
    public int index(long position) {
        return indices.get(INT32, position * Integer.BYTES);
    }

    /**
     * Returns the value of an entry.
     *
     * @param position from {@link #start}
     * @return finite
     */
    public float value(long position) {
        return values.get(FLOAT32, position * Float.BYTES);
    }

    /**
     * Returns the time of an entry.
     *
     * @param position from {@link #start}
     * @return seconds since 1970 UTC, 0 when not known
     */
    public long time(long position) {
        return times.byteSize() == 0 ? 0 : times.get(INT64, position * Long.BYTES);
    }
}
