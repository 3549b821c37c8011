package dev.latent.spi;

import java.io.IOException;

/** Takes the pieces of a version, each once. Implemented by the host; for one thread. */
public interface SectionWriter {

    /**
     * Stores a section, with a checksum.
     *
     * @param section read before this method returns
     * @throws IOException when it cannot be written
     * @throws IllegalArgumentException when a section of that name was written before
     */
    void write(Section section) throws IOException;
}
