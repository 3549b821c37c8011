package dev.latent.exchange;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a zip of arrays as {@code numpy.savez} does: stored, not deflated; the same arrays give the same bytes. */
final class NpzWriter {

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final int BUFFER = 1 << 16;

    private NpzWriter() {}

    static void write(Path file, Map<String, NpyWriter.Content> arrays) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER))) {
            for (Map.Entry<String, NpyWriter.Content> array : arrays.entrySet()) {
                zip.putNextEntry(entry(array.getKey() + ".npy", array.getValue()));
                array.getValue().writeTo(zip);
                zip.closeEntry();
            }
        }
    }

    /** The header of an entry comes before its bytes and holds their number and checksum. */
    private static ZipEntry entry(String name, NpyWriter.Content content) throws IOException {
        Measure measure = new Measure();
        content.writeTo(measure);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(measure.bytes);
        entry.setCompressedSize(measure.bytes);
        entry.setCrc(measure.crc.getValue());
        return entry;
    }

    /** Takes the measure of bytes and forgets them. */
    private static final class Measure extends OutputStream {
        private final CRC32 crc = new CRC32();
        private long bytes;

        @Override
        public void write(int value) {
            crc.update(value);
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int count) {
            crc.update(buffer, offset, count);
            bytes += count;
        }
    }
}
