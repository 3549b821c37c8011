package dev.latent.storage;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A stored file is not what it should be; says which, what was found and what was expected. */
public abstract sealed class StoredFileException extends IOException
        permits CorruptFileException, FileTooOldException, FileTooNewException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Path path;
    private final String problem;
    private final String actual;
    private final String expected;

    /**
     * Creates the exception.
     *
     * @param path the file
     * @param problem what was compared, for example {@code length}
     * @param actual what was found
     * @param expected what should be there
     */
    StoredFileException(Path path, String problem, String actual, String expected) {
        super(path + ": " + problem + " is " + actual + ", expected " + expected);
        this.path = path;
        this.problem = problem;
        this.actual = actual;
        this.expected = expected;
    }

    /**
     * Returns the file.
     *
     * @return as it was opened
     */
    public Path path() {
        return path;
    }

    /**
     * Returns what was compared.
     *
     * @return for example {@code length}
     */
    public String problem() {
        return problem;
    }

    /**
     * Returns what was found.
     *
     * @return text for a person
     */
    public String actual() {
        return actual;
    }

    /**
     * Returns what should be there.
     *
     * @return text for a person
     */
    public String expected() {
        return expected;
    }
}
