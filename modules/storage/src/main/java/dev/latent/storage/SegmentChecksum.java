package dev.latent.storage;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** CRC32C over mapped files of any size. */
final class SegmentChecksum {

    private static final long CHUNK = 1L << 28;

    private SegmentChecksum() {}

    /** Returns the checksum of the first bytes of a mapped file. */
    static int crc32c(Path file, MemorySegment mapped, long bytes) throws CorruptFileException {
        CRC32C crc = new CRC32C();
        try {
            for (long offset = 0; offset < bytes; offset += CHUNK) {
                crc.update(
                        mapped.asSlice(offset, Math.min(CHUNK, bytes - offset)).asByteBuffer());
            }
        } catch (InternalError error) {
            // What the JVM throws when a mapped file is cut by somebody else while it is read.
            CorruptFileException corrupt = new CorruptFileException(
                    file,
                    "the mapping",
                    "unreadable",
                    mapped.byteSize() + " bytes; the file was cut while it was read");
            corrupt.initCause(error);
            throw corrupt;
        }
        return (int) crc.getValue();
    }
}
