package dev.latent.spi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A dense row-major float32 matrix over memory that somebody else owns; rows × columns, either may be 0.
 *
 * <p>A view: it is valid as long as its segment, and as safe among threads as the memory it shows.
 *
 * @param rows number of rows, at least 0; 64 bits so that rows × columns may exceed 2³¹
 * @param columns number of columns, at least 0
 * @param segment exactly {@code rows × columns × 4} bytes, little-endian
 */
public record FloatMatrix(long rows, int columns, MemorySegment segment) {

    /** Layout of one element. */
    public static final ValueLayout.OfFloat ELEMENT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final long ALIGNMENT = 64;

    /** Checks the shape against the segment's size. */
    public FloatMatrix {
        long expected = Math.multiplyExact(Math.multiplyExact(rows, (long) columns), (long) Float.BYTES);
        if (rows < 0 || columns < 0 || segment.byteSize() != expected) {
            throw new IllegalArgumentException("A " + rows + " x " + columns + " float32 matrix needs " + expected
                    + " bytes, the segment has " + segment.byteSize());
        }
    }

    /**
     * Allocates a matrix of zeros, aligned to 64 bytes.
     *
     * @param arena owns the memory
     * @param rows at least 0
     * @param columns at least 0
     * @return a writable matrix
     */
    public static FloatMatrix allocate(Arena arena, long rows, int columns) {
        long bytes = Math.multiplyExact(Math.multiplyExact(rows, (long) columns), (long) Float.BYTES);
        return new FloatMatrix(rows, columns, arena.allocate(bytes, ALIGNMENT));
    }

    /**
     * Returns one element.
     *
     * @param row from 0
     * @param column from 0
     * @return the element
     */
    public float get(long row, int column) {
        return segment.get(ELEMENT, (row * columns + column) * Float.BYTES);
    }

    /**
     * Sets one element.
     *
     * @param row from 0
     * @param column from 0
     * @param value the new element
     */
    public void set(long row, int column, float value) {
        segment.set(ELEMENT, (row * columns + column) * Float.BYTES, value);
    }

    /**
     * Copies one row into an array.
     *
     * @param row from 0
     * @param target receives {@link #columns()} elements
     * @param offset where they start
     */
    public void readRow(long row, float[] target, int offset) {
        MemorySegment.copy(segment, ELEMENT, row * columns * Float.BYTES, target, offset, columns);
    }

    /**
     * Copies one row out of an array.
     *
     * @param row from 0
     * @param source holds {@link #columns()} elements
     * @param offset where they start
     */
    public void writeRow(long row, float[] source, int offset) {
        MemorySegment.copy(source, offset, segment, ELEMENT, row * columns * Float.BYTES, columns);
    }
}
