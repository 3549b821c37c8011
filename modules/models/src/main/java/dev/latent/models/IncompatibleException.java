package dev.latent.models;

import dev.latent.storage.StoredFileException;
import java.io.Serial;

/** Thrown when a stored file is of a format version that this program does not read. */
public final class IncompatibleException extends ModelStoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String model;
    private final int version;
    private final String file;
    private final String actual;
    private final String expected;

    IncompatibleException(String model, int version, StoredFileException cause, String nextStep) {
        super(
                "Model '" + model + "'" + (version == 0 ? "" : " version " + version) + ": "
                        + cause.path().getFileName() + ": " + cause.problem() + " is " + cause.actual() + ", expected "
                        + cause.expected() + "; " + nextStep,
                cause);
        this.model = model;
        this.version = version;
        file = String.valueOf(cause.path().getFileName());
        actual = cause.problem() + " is " + cause.actual();
        expected = cause.expected();
    }

    /**
     * Returns whose file it is.
     *
     * @return the model's name
     */
    public String model() {
        return model;
    }

    /**
     * Returns which version's file it is.
     *
     * @return its number; 0 for a file of the model itself
     */
    public int version() {
        return version;
    }

    /**
     * Returns the file's name.
     *
     * @return without directories
     */
    public String file() {
        return file;
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
