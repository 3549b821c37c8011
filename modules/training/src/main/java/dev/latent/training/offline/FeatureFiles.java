package dev.latent.training.offline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Files that tell what is known of items and users besides interactions, as {@link dev.latent.interactions.RecordFile} reads
 * them.
 *
 * @param items of items: available ones that no file of interactions has are recommended by their features
 * @param users of users
 */
public record FeatureFiles(Optional<Path> items, Optional<Path> users) {

    /** No file. */
    public static final FeatureFiles NONE = new FeatureFiles(Optional.empty(), Optional.empty());
}
