package dev.latent.spi;

import java.io.IOException;
import java.util.Set;

/** Gives the pieces of a sealed version, checked against their checksums. Implemented by the host; thread-safe. */
public interface SectionReader {

    /**
     * Returns the names of the sections.
     *
     * @return unmodifiable
     */
    Set<String> names();

    /**
     * Opens a section.
     *
     * @param name one of {@link #names()}
     * @return mapped read-only; valid as long as the version is open
     * @throws IOException when there is no such section
     */
    Section read(String name) throws IOException;
}
