package dev.latent.storage;

import dev.latent.spi.ElementType;
import dev.latent.spi.Section;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The format of a section file, version 1: one matrix of numbers with a header that says whose it is and a footer that
 * seals it. All numbers are little-endian.
 *
 * <table>
 * <caption>Header</caption>
 * <tr><th>offset</th><th>bytes</th><th>content</th></tr>
 * <tr><td>0</td><td>8</td><td>magic {@code 89 4C 41 54 0D 0A 1A 0A} ({@code \x89LAT\r\n\x1a\n}; a transfer as text
 *     breaks it)</td></tr>
 * <tr><td>8</td><td>4</td><td>kind, ASCII {@code SECT}</td></tr>
 * <tr><td>12</td><td>4</td><td>format version, int32</td></tr>
 * <tr><td>16</td><td>4</td><td>P, offset of the payload, int32, a multiple of 64</td></tr>
 * <tr><td>20</td><td>4</td><td>columns, int32</td></tr>
 * <tr><td>24</td><td>8</td><td>rows, int64</td></tr>
 * <tr><td>32</td><td>8</td><td>B, bytes of the payload, int64: rows × columns × size of the element type</td></tr>
 * <tr><td>40</td><td>2</td><td>o, bytes of the object id, uint16</td></tr>
 * <tr><td>42</td><td>2</td><td>s, bytes of the section name, uint16</td></tr>
 * <tr><td>44</td><td>2</td><td>t, bytes of the element type's name, uint16</td></tr>
 * <tr><td>46</td><td>2</td><td>zero</td></tr>
 * <tr><td>48</td><td>o + s + t</td><td>object id ({@code movies@7}), section name ({@code item_factors}), element type
 *     ({@code FLOAT32}), UTF-8, without separators</td></tr>
 * <tr><td>48+o+s+t</td><td>to P</td><td>zeros</td></tr>
 * </table>
 *
 * <table>
 * <caption>Payload and footer</caption>
 * <tr><th>offset</th><th>bytes</th><th>content</th></tr>
 * <tr><td>P</td><td>B</td><td>the elements, row-major</td></tr>
 * <tr><td>P+B</td><td>4</td><td>footer magic, ASCII {@code TCES}</td></tr>
 * <tr><td>P+B+4</td><td>8</td><td>length of the whole file, int64</td></tr>
 * <tr><td>P+B+12</td><td>4</td><td>CRC32C of all bytes before these four, int32</td></tr>
 * </table>
 *
 * <p>Bytes 0 to 16 and the footer keep their meaning in every format version. So a reader checks the length and the
 * checksum of the whole file first, then the format version, and only then believes a count; counts are multiplied with
 * overflow checks and compared with the length of the file before anything is sized by them.
 */
public final class SectionFile {

    /** The format version that is written; older ones are read down to the same number. */
    public static final int FORMAT_VERSION = 1;

    static final long MAGIC = 0x0A1A0A0D54414C89L;
    static final int KIND = 0x54434553;
    static final int FOOTER_MAGIC = 0x53454354;
    static final int ALIGNMENT = 64;
    static final int FIXED_HEADER_BYTES = 48;
    static final int FOOTER_BYTES = 16;
    static final int MAXIMUM_TEXT_BYTES = 1024;

    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /**
     * A section and what seals it.
     *
     * @param section mapped read-only
     * @param bytes length of the file
     * @param crc32c of the file up to its last four bytes
     */
    public record Opened(Section section, long bytes, int crc32c) {}

    private SectionFile() {}

    /**
     * Opens a section that must be the one expected.
     *
     * @param file a regular file, not a link
     * @param objectId whose section it must be
     * @param name which section it must be
     * @param arena owns the mapping
     * @return a read-only view of the file, aligned to 64 bytes
     * @throws CorruptFileException when the file is damaged or another section
     * @throws FileTooNewException when a newer program wrote it
     * @throws FileTooOldException when its format is not read any more
     * @throws IOException when it cannot be read
     */
    public static Section open(Path file, String objectId, String name, Arena arena) throws IOException {
        return openSealed(file, objectId, name, arena).section();
    }

    /**
     * Opens a section as {@link #open} does and tells what seals it.
     *
     * @param file a regular file, not a link
     * @param objectId whose section it must be
     * @param name which section it must be
     * @param arena owns the mapping
     * @return the section with the length and the checksum of its file
     * @throws StoredFileException as {@link #open} does
     * @throws IOException when the file cannot be read
     */
    public static Opened openSealed(Path file, String objectId, String name, Arena arena) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            String actual = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "a link or a directory" : "missing";
            throw new CorruptFileException(file, "the file", actual, "a regular file");
        }
        MemorySegment mapped;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long minimum = FIXED_HEADER_BYTES + FOOTER_BYTES;
            if (channel.size() < minimum) {
                throw new CorruptFileException(file, "length", channel.size() + " bytes", "at least " + minimum);
            }
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
        int checksum = checkSeal(file, mapped);
        Section section = new HeaderCheck(file, mapped).section(objectId, name);
        return new Opened(section, mapped.byteSize(), checksum);
    }

    private static int checkSeal(Path file, MemorySegment mapped) throws CorruptFileException {
        checkMagic(file, mapped);
        long footer = mapped.byteSize() - FOOTER_BYTES;
        if (mapped.get(INT, footer) != FOOTER_MAGIC) {
            throw new CorruptFileException(
                    file,
                    "the footer magic at byte " + footer,
                    hex(mapped.get(INT, footer)),
                    hex(FOOTER_MAGIC) + "; the file was cut, extended or not written to its end");
        }
        long length = mapped.get(LONG, footer + 4);
        if (length != mapped.byteSize()) {
            throw new CorruptFileException(
                    file, "length", mapped.byteSize() + " bytes", length + " as its footer says");
        }
        int actual = SegmentChecksum.crc32c(file, mapped, mapped.byteSize() - 4);
        int stored = mapped.get(INT, mapped.byteSize() - 4);
        if (actual != stored) {
            throw new CorruptFileException(file, "CRC32C", hex(actual), hex(stored) + " as its footer says");
        }
        return stored;
    }

    private static void checkMagic(Path file, MemorySegment mapped) throws CorruptFileException {
        if (mapped.get(LONG, 0) != MAGIC) {
            throw new CorruptFileException(
                    file,
                    "the magic at byte 0",
                    String.format("0x%016x", mapped.get(LONG, 0)),
                    String.format("0x%016x", MAGIC));
        }
        if (mapped.get(INT, 8) != KIND) {
            throw new CorruptFileException(
                    file, "the kind at byte 8", hex(mapped.get(INT, 8)), hex(KIND) + ", a section file");
        }
    }

    /**
     * Shows a checksum as messages and manifests do.
     *
     * @param value 32 bits
     * @return eight hexadecimal digits
     */
    public static String hex(int value) {
        return String.format("%08x", value);
    }

    /** Reads the header of a file whose checksum holds. */
    private record HeaderCheck(Path file, MemorySegment mapped) {

        Section section(String objectId, String name) throws StoredFileException {
            checkVersion();
            long payloadOffset = mapped.get(INT, 16);
            long rows = mapped.get(LONG, 24);
            int columns = mapped.get(INT, 20);
            int objectBytes = Short.toUnsignedInt(mapped.get(SHORT, 40));
            int nameBytes = Short.toUnsignedInt(mapped.get(SHORT, 42));
            int typeBytes = Short.toUnsignedInt(mapped.get(SHORT, 44));
            long end = (long) FIXED_HEADER_BYTES + objectBytes + nameBytes + typeBytes;
            long payloadLimit = mapped.byteSize() - FOOTER_BYTES;
            if (payloadOffset < end || payloadOffset % ALIGNMENT != 0 || payloadOffset > payloadLimit) {
                throw new CorruptFileException(
                        file,
                        "the payload's offset",
                        Long.toString(payloadOffset),
                        "a multiple of " + ALIGNMENT + " from " + end + " to " + payloadLimit);
            }
            checkText("the object id", text(FIXED_HEADER_BYTES, objectBytes), objectId);
            checkText("the section name", text(FIXED_HEADER_BYTES + (long) objectBytes, nameBytes), name);
            ElementType type = type(text(end - typeBytes, typeBytes));
            checkPayload(type, rows, columns, payloadLimit - payloadOffset);
            MemorySegment payload = mapped.asSlice(payloadOffset, payloadLimit - payloadOffset);
            return new Section(name, type, rows, columns, payload);
        }

        private void checkVersion() throws StoredFileException {
            int version = mapped.get(INT, 12);
            if (version > FORMAT_VERSION) {
                throw new FileTooNewException(
                        file, "format version", Integer.toString(version), "at most " + FORMAT_VERSION);
            }
            if (version < FORMAT_VERSION) {
                throw new FileTooOldException(
                        file, "format version", Integer.toString(version), "at least " + FORMAT_VERSION);
            }
        }

        private String text(long offset, int bytes) {
            return new String(mapped.asSlice(offset, bytes).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        }

        private void checkText(String what, String actual, String expected) throws CorruptFileException {
            if (!actual.equals(expected)) {
                throw new CorruptFileException(file, what, "'" + actual + "'", "'" + expected + "'");
            }
        }

        private ElementType type(String name) throws CorruptFileException {
            for (ElementType type : ElementType.values()) {
                if (type.name().equals(name)) {
                    return type;
                }
            }
            throw new CorruptFileException(file, "the element type", "'" + name + "'", "a known element type");
        }

        private void checkPayload(ElementType type, long rows, int columns, long present) throws CorruptFileException {
            long stated = mapped.get(LONG, 32);
            boolean fits;
            try {
                fits = rows >= 0
                        && columns >= 0
                        && Math.multiplyExact(Math.multiplyExact(rows, (long) columns), (long) type.bytes()) == present
                        && stated == present;
            } catch (ArithmeticException overflow) {
                fits = false;
            }
            if (!fits) {
                throw new CorruptFileException(
                        file,
                        "the shape",
                        rows + " x " + columns + " " + type + " in " + stated + " bytes",
                        "one of the " + present + " bytes between header and footer");
            }
        }
    }
}
