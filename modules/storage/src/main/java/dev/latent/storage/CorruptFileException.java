package dev.latent.storage;

import java.io.Serial;
import java.nio.file.Path;

/** A stored file was damaged, or is not the file that its name says. */
public final class CorruptFileException extends StoredFileException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param path the file
     * @param problem what was compared, for example {@code length}
     * @param actual what was found
     * @param expected what should be there
     */
    public CorruptFileException(Path path, String problem, String actual, String expected) {
        super(path, problem, actual, expected);
    }
}
