package dev.latent.storage;

import java.io.Serial;
import java.nio.file.Path;

/** A stored file was written by a newer program. */
public final class FileTooNewException extends StoredFileException {

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
    public FileTooNewException(Path path, String problem, String actual, String expected) {
        super(path, problem, actual, expected);
    }
}
