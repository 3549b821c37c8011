package dev.latent.storage;

import dev.latent.spi.ElementType;
import dev.latent.spi.Section;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Writes one {@link SectionFile}, at once or piece by piece; for one thread.
 *
 * <p>A file that is closed before {@link #finish()} has no footer and is refused by every reader.
 */
public final class SectionFileWriter implements Closeable {

    private static final int CHUNK = 8 << 20;

    private final Path file;
    private final DurableFile output;
    private final CRC32C crc = new CRC32C();
    private final long payloadBytes;
    private final long payloadOffset;
    private long written;

    private SectionFileWriter(Path file, DurableFile output, long payloadBytes, long payloadOffset) {
        this.file = file;
        this.output = output;
        this.payloadBytes = payloadBytes;
        this.payloadOffset = payloadOffset;
    }

    /**
     * Writes a whole section and forces it to the disk; the name is durable once its directory is forced.
     *
     * @param file must not exist
     * @param objectId whose section it is, for example {@code movies@7}; at most 1,024 bytes in UTF-8
     * @param section what to write; its data may exceed 2 GiB
     * @param operations the seam
     * @throws IOException when it cannot be written; the file is then of no use
     */
    public static void write(Path file, String objectId, Section section, FileOperations operations)
            throws IOException {
        Shape shape = new Shape(section.name(), section.type(), section.rows(), section.columns());
        try (SectionFileWriter writer = create(file, objectId, shape, operations)) {
            writer.append(section.data());
            writer.finish();
        }
    }

    /**
     * What a section will hold.
     *
     * @param name of the section
     * @param type of its elements
     * @param rows at least 0
     * @param columns at least 0
     */
    public record Shape(String name, ElementType type, long rows, int columns) {

        /** Checks name and counts. */
        public Shape {
            if (rows < 0 || columns < 0) {
                throw new IllegalArgumentException(
                        "Section '" + name + "' cannot have " + rows + " x " + columns + " elements");
            }
        }

        long bytes() {
            return Math.multiplyExact(Math.multiplyExact(rows, (long) columns), (long) type.bytes());
        }
    }

    /**
     * Starts a section whose elements follow in pieces.
     *
     * @param file must not exist
     * @param objectId whose section it is; at most 1,024 bytes in UTF-8
     * @param shape how many elements will follow
     * @param operations the seam
     * @return open; to be ended by {@link #finish()} and closed
     * @throws IOException when it cannot be written
     */
    public static SectionFileWriter create(Path file, String objectId, Shape shape, FileOperations operations)
            throws IOException {
        ByteBuffer header = header(objectId, shape);
        DurableFile output = operations.createNewFile(file);
        SectionFileWriter writer = new SectionFileWriter(file, output, shape.bytes(), header.remaining());
        try {
            writer.put(header);
        } catch (IOException | RuntimeException failure) {
            closeAfter(failure, output);
            throw failure;
        }
        return writer;
    }

    private static void closeAfter(Exception failure, DurableFile output) {
        try {
            output.close();
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }

    private static ByteBuffer header(String objectId, Shape shape) {
        byte[] object = text("object id", objectId);
        byte[] name = text("section name", shape.name());
        byte[] type = text("element type", shape.type().name());
        int used = SectionFile.FIXED_HEADER_BYTES + object.length + name.length + type.length;
        int bytes = Math.ceilDiv(used, SectionFile.ALIGNMENT) * SectionFile.ALIGNMENT;
        return ByteBuffer.allocate(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(SectionFile.MAGIC)
                .putInt(SectionFile.KIND)
                .putInt(SectionFile.FORMAT_VERSION)
                .putInt(bytes)
                .putInt(shape.columns())
                .putLong(shape.rows())
                .putLong(shape.bytes())
                .putShort((short) object.length)
                .putShort((short) name.length)
                .putShort((short) type.length)
                .putShort((short) 0)
                .put(object)
                .put(name)
                .put(type)
                .clear();
    }

    private static byte[] text(String what, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > SectionFile.MAXIMUM_TEXT_BYTES) {
            throw new IllegalArgumentException("The " + what + " of a section file takes 1 to "
                    + SectionFile.MAXIMUM_TEXT_BYTES + " bytes, '" + value + "' has " + bytes.length);
        }
        return bytes;
    }

    /**
     * Adds elements.
     *
     * @param elements little-endian, of any size
     * @throws IOException when they cannot be written
     * @throws IllegalArgumentException when they are more than the shape holds
     */
    public void append(MemorySegment elements) throws IOException {
        for (long offset = 0; offset < elements.byteSize(); offset += CHUNK) {
            MemorySegment chunk = elements.asSlice(offset, Math.min(CHUNK, elements.byteSize() - offset));
            // Arrays on the heap other than byte[] have no view as a buffer.
            append(chunk.isNative() ? chunk.asByteBuffer() : ByteBuffer.wrap(chunk.toArray(ValueLayout.JAVA_BYTE)));
        }
    }

    /**
     * Adds elements.
     *
     * @param elements little-endian; has nothing remaining afterwards
     * @throws IOException when they cannot be written
     * @throws IllegalArgumentException when they are more than the shape holds
     */
    public void append(ByteBuffer elements) throws IOException {
        if (elements.remaining() > payloadBytes - written) {
            throw new IllegalArgumentException(
                    file + " takes " + payloadBytes + " bytes of elements, got " + (written + elements.remaining()));
        }
        written += elements.remaining();
        put(elements);
    }

    /**
     * Writes the footer and forces the file.
     *
     * @throws IOException when it cannot be written
     * @throws IllegalStateException when elements are missing
     */
    public void finish() throws IOException {
        if (written != payloadBytes) {
            throw new IllegalStateException(
                    file + " needs " + payloadBytes + " bytes of elements, got " + written + " before its end");
        }
        ByteBuffer footer = ByteBuffer.allocate(SectionFile.FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        footer.putInt(SectionFile.FOOTER_MAGIC).putLong(payloadOffset + payloadBytes + SectionFile.FOOTER_BYTES);
        crc.update(footer.array(), 0, footer.position());
        output.write(footer.putInt((int) crc.getValue()).clear());
        output.force();
    }

    private void put(ByteBuffer bytes) throws IOException {
        crc.update(bytes.duplicate());
        output.write(bytes);
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
