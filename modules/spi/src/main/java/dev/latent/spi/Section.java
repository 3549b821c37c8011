package dev.latent.spi;

import java.lang.foreign.MemorySegment;
import java.util.regex.Pattern;

/**
 * A named, typed piece of a version: a row-major, little-endian matrix of numbers.
 *
 * @param name {@code [a-z][a-z0-9_]*}, at most 64 characters
 * @param type of its elements
 * @param rows at least 0
 * @param columns at least 0
 * @param data exactly {@code rows × columns} elements; when read, it is read-only and aligned to 64 bytes
 */
public record Section(String name, ElementType type, long rows, int columns, MemorySegment data) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    /** Checks the name and the shape against the size. */
    public Section {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Section name '" + name + "' does not match " + NAME);
        }
        long expected = Math.multiplyExact(Math.multiplyExact(rows, (long) columns), (long) type.bytes());
        if (rows < 0 || columns < 0 || data.byteSize() != expected) {
            throw new IllegalArgumentException("Section '" + name + "' of " + rows + " x " + columns + " " + type
                    + " needs " + expected + " bytes, got " + data.byteSize());
        }
    }

    /**
     * Shows a matrix as a section.
     *
     * @param name see {@link Section}
     * @param matrix what to store
     * @return a view
     */
    public static Section of(String name, FloatMatrix matrix) {
        return new Section(name, ElementType.FLOAT32, matrix.rows(), matrix.columns(), matrix.segment());
    }

    /**
     * Shows this section as a matrix.
     *
     * @return a view
     * @throws IllegalStateException when it does not hold float32
     */
    public FloatMatrix floats() {
        if (type != ElementType.FLOAT32) {
            throw new IllegalStateException("Section '" + name + "' holds " + type + ", not FLOAT32");
        }
        return new FloatMatrix(rows, columns, data);
    }
}
