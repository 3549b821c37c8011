package dev.latent.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that is being written through {@link FileOperations}; for one thread. */
public interface DurableFile extends Closeable {

    /**
     * Writes all remaining bytes at the end of the file.
     *
     * @param bytes has nothing remaining afterwards
     * @throws IOException when the disk is full or refuses
     */
    void write(ByteBuffer bytes) throws IOException;

    /**
     * Returns only when everything written is on the disk.
     *
     * @throws IOException when the disk refuses; the file is then to be given up
     */
    void force() throws IOException;
}
