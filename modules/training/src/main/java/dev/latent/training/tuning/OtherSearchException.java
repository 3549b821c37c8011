package dev.latent.training.tuning;

import java.io.Serial;
import java.nio.file.Path;
import java.util.List;

/** Thrown when a search is to go on from the journal of another one. */
public final class OtherSearchException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    OtherSearchException(Path file, List<String> differences) {
        super("Journal " + file + " is of another search: " + String.join("; ", differences)
                + ". Delete it to begin anew, or name another journal");
    }
}
