package dev.latent.storage;

import dev.latent.spi.ElementType;
import dev.latent.spi.Section;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Numbered strings in two sections, without an object a string: {@code <name>_offsets}, {@code (n+1) × 1} INT64, where
 * string i takes the bytes from offset i up to offset i+1, and {@code <name>_bytes}, {@code m × 1} INT8, UTF-8.
 *
 * <p>Immutable view of its sections; valid as long as they are.
 */
public final class StringTable {

    private final MemorySegment offsets;
    private final MemorySegment bytes;
    private final long size;

    /**
     * Shows two sections as strings.
     *
     * @param offsets ascending from 0 to the number of bytes
     * @param bytes the strings without separators
     * @throws IllegalArgumentException when the offsets do not fit
     */
    public StringTable(Section offsets, Section bytes) {
        if (offsets.type() != ElementType.INT64 || offsets.columns() != 1 || offsets.rows() < 1) {
            throw new IllegalArgumentException("Section '" + offsets.name() + "' is " + offsets.rows() + " x "
                    + offsets.columns() + " " + offsets.type() + ", expected (n+1) x 1 INT64");
        }
        if (bytes.type() != ElementType.INT8) {
            throw new IllegalArgumentException(
                    "Section '" + bytes.name() + "' holds " + bytes.type() + ", expected INT8");
        }
        this.offsets = offsets.data();
        this.bytes = bytes.data();
        size = offsets.rows() - 1;
        checkOffsets(offsets.name());
    }

    private void checkOffsets(String section) {
        long previous = 0;
        for (long index = 0; index <= size; index++) {
            long offset = offset(index);
            if (offset < previous || (index == 0 && offset != 0) || offset - previous > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("Section '" + section + "': offset " + index + " is " + offset
                        + ", expected 0 first and then at least the one before, " + previous);
            }
            previous = offset;
        }
        if (previous != bytes.byteSize()) {
            throw new IllegalArgumentException("Section '" + section + "': the last offset is " + previous
                    + ", expected the number of bytes, " + bytes.byteSize());
        }
    }

    /**
     * Encodes strings as the two sections.
     *
     * @param name what the sections' names start with
     * @param values iterated twice
     * @param arena owns the memory
     * @return {@code <name>_offsets} and {@code <name>_bytes}
     * @throws IllegalArgumentException when a string has an unpaired surrogate
     */
    public static List<Section> encode(String name, Iterable<String> values, Arena arena) {
        long count = 0;
        long total = 0;
        for (String value : values) {
            total += utf8(value).remaining();
            count++;
        }
        MemorySegment offsets = arena.allocate(Math.multiplyExact(count + 1, 8L), SectionFile.ALIGNMENT);
        MemorySegment bytes = arena.allocate(total, SectionFile.ALIGNMENT);
        long index = 0;
        long end = 0;
        for (String value : values) {
            MemorySegment encoded = MemorySegment.ofBuffer(utf8(value));
            MemorySegment.copy(encoded, 0, bytes, end, encoded.byteSize());
            end += encoded.byteSize();
            index++;
            offsets.set(SectionFile.LONG, index * 8, end);
        }
        return List.of(
                new Section(offsetsName(name), ElementType.INT64, count + 1, 1, offsets),
                new Section(bytesName(name), ElementType.INT8, total, 1, bytes));
    }

    private static ByteBuffer utf8(String value) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
        } catch (CharacterCodingException exception) {
            throw new IllegalArgumentException("A string with an unpaired surrogate cannot be stored", exception);
        }
    }

    /**
     * Makes a table in memory of the garbage collector.
     *
     * @param values in the order of their numbers
     * @return independent of any file
     */
    public static StringTable of(Iterable<String> values) {
        List<Section> sections = encode("strings", values, Arena.ofAuto());
        return new StringTable(sections.get(0), sections.get(1));
    }

    /**
     * Opens a table of two section files.
     *
     * @param directory holds them
     * @param objectId whose sections they are
     * @param name what their names start with
     * @param arena owns the mapping
     * @return a view of the files
     * @throws CorruptFileException when they are damaged or do not fit together
     * @throws IOException when they cannot be read
     */
    public static StringTable open(Path directory, String objectId, String name, Arena arena) throws IOException {
        Path file = directory.resolve(offsetsName(name) + SectionDirectory.SUFFIX);
        Section offsets = SectionFile.open(file, objectId, offsetsName(name), arena);
        Path bytesFile = directory.resolve(bytesName(name) + SectionDirectory.SUFFIX);
        Section bytes = SectionFile.open(bytesFile, objectId, bytesName(name), arena);
        try {
            return new StringTable(offsets, bytes);
        } catch (IllegalArgumentException exception) {
            CorruptFileException corrupt = new CorruptFileException(
                    file, "the content", String.valueOf(exception.getMessage()), "offsets of strings");
            corrupt.initCause(exception);
            throw corrupt;
        }
    }

    /**
     * Returns the name of the section of offsets.
     *
     * @param name of the table
     * @return with its ending
     */
    public static String offsetsName(String name) {
        return name + "_offsets";
    }

    /**
     * Returns the name of the section of bytes.
     *
     * @param name of the table
     * @return with its ending
     */
    public static String bytesName(String name) {
        return name + "_bytes";
    }

    /**
     * Shows this table as the two sections to write.
     *
     * @param name what their names start with
     * @return {@code <name>_offsets} and {@code <name>_bytes}
     */
    public List<Section> sections(String name) {
        return List.of(
                new Section(offsetsName(name), ElementType.INT64, size + 1, 1, offsets),
                new Section(bytesName(name), ElementType.INT8, bytes.byteSize(), 1, bytes));
    }

    /**
     * Returns the number of strings.
     *
     * @return at least 0
     */
    public long size() {
        return size;
    }

    /**
     * Returns a string.
     *
     * @param number from 0
     * @return newly decoded
     * @throws IndexOutOfBoundsException when there is no such number
     */
    public String get(long number) {
        return new String(utf8Of(number).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /**
     * Returns the bytes of a string.
     *
     * @param number from 0
     * @return a view
     * @throws IndexOutOfBoundsException when there is no such number
     */
    public MemorySegment utf8Of(long number) {
        Objects.checkIndex(number, size);
        long start = offset(number);
        return bytes.asSlice(start, offset(number + 1) - start);
    }

    boolean matches(long number, byte[] value) {
        long start = offset(number);
        long end = offset(number + 1);
        return end - start == value.length
                && MemorySegment.mismatch(bytes, start, end, MemorySegment.ofArray(value), 0, value.length) == -1;
    }

    private long offset(long index) {
        return offsets.get(SectionFile.LONG, index * Long.BYTES);
    }
}
