package dev.latent.interactions;

import java.io.IOException;

/** The content of a file ends its reading: the file is refused, whatever the rule for bad lines. */
final class ContentException extends IOException {

    private static final long serialVersionUID = 1;

    private final long line;

    ContentException(long line, String reason) {
        super(reason);
        this.line = line;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** From 1; 0 when it is about the file as a whole. */
    long line() {
        return line;
    }
}
