package dev.latent.interactions;

import dev.latent.spi.ElementType;
import dev.latent.storage.FileOperations;
import dev.latent.storage.SectionDirectory;
import dev.latent.storage.SectionFile;
import dev.latent.storage.SectionFileWriter;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The section files of a snapshot that is being written, with what tells their content. For one thread. */
final class SnapshotSections {

    private final Path directory;
    private final String objectId;
    private final FileOperations operations;
    private final MessageDigest content = HashedInput.sha256();
    private final Map<String, String> checksums = new TreeMap<>();

    SnapshotSections(Path directory, String objectId, FileOperations operations) {
        this.directory = directory;
        this.objectId = objectId;
        this.operations = operations;
        content.update("latent snapshot 1".getBytes(StandardCharsets.UTF_8));
    }

    /** Starts a section of one column; those that are content are part of the fingerprint in the order of their ends. */
    Column column(String name, ElementType type, long rows, boolean isContent) throws IOException {
        SectionFileWriter.Shape shape = new SectionFileWriter.Shape(name, type, rows, 1);
        return new Column(name, SectionFileWriter.create(file(name), objectId, shape, operations), isContent);
    }

    private Path file(String name) {
        return directory.resolve(name + SectionDirectory.SUFFIX);
    }

    /** Returns the CRC32C of each section that was finished. */
    Map<String, String> checksums() {
        return checksums;
    }

    String fingerprint() {
        return HexFormat.of().formatHex(content.digest());
    }

    /** One section, element by element. */
    final class Column implements Closeable {

        private static final int BUFFER = 1 << 20;

        private final String name;
        private final SectionFileWriter writer;
        private final boolean isContent;
        private final MessageDigest digest = HashedInput.sha256();
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

        private Column(String name, SectionFileWriter writer, boolean isContent) {
            this.name = name;
            this.writer = writer;
            this.isContent = isContent;
        }

        void putInt(int value) throws IOException {
            room(Integer.BYTES);
            buffer.putInt(value);
        }

        void putLong(long value) throws IOException {
            room(Long.BYTES);
            buffer.putLong(value);
        }

        void putFloat(float value) throws IOException {
            room(Float.BYTES);
            buffer.putFloat(value);
        }

        void putBytes(byte[] bytes) throws IOException {
            room(bytes.length);
            buffer.put(bytes);
        }

        private void room(int bytes) throws IOException {
            if (buffer.remaining() < bytes) {
                drain();
            }
        }

        private void drain() throws IOException {
            buffer.flip();
            if (isContent) {
                digest.update(buffer.duplicate());
            }
            writer.append(buffer);
            buffer.clear();
        }

        /** Ends the section; it is on the disk when this method returns. */
        void finish() throws IOException {
            drain();
            writer.finish();
            if (isContent) {
                content.update(name.getBytes(StandardCharsets.UTF_8));
                content.update(digest.digest());
            }
            try (Arena arena = Arena.ofConfined()) {
                int checksum = SectionFile.openSealed(file(name), objectId, name, arena)
                        .crc32c();
                checksums.put(name, SectionFile.hex(checksum));
            }
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}
