package dev.latent.storage;

import java.io.Serial;
import java.nio.file.Path;

/** A stored file is of a format version that this program does not read any more. */
public final class FileTooOldException extends StoredFileException {

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
    public FileTooOldException(Path path, String problem, String actual, String expected) {
        super(path, problem, actual, expected);
    }
}
