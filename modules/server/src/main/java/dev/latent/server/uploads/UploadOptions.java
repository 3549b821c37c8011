package dev.latent.server.uploads;

import java.nio.file.Path;

/**
 * Where uploads are kept while they are received, and how much of them.
 *
 * @param folder for nothing else; on the file system of the home
 * @param maxBytes of all files of an upload
 * @param maxFiles of an upload
 */
public record UploadOptions(Path folder, long maxBytes, int maxFiles) {

    /** Checks the ranges. */
    public UploadOptions {
        if (maxBytes < 1 || maxFiles < 1) {
            throw new IllegalArgumentException(
                    "Uploads need room for at least 1 byte and 1 file, got " + maxBytes + " and " + maxFiles);
        }
    }
}
