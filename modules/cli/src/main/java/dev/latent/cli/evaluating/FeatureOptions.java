package dev.latent.cli.evaluating;

import dev.latent.training.offline.FeatureFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files that tell what is known of items and users besides interactions, for work without a server. */
public final class FeatureOptions {

    @Option(
            names = "--item-features",
            paramLabel = "FILE",
            description = "Without a server: categories and attributes of items, as 'latent import' takes them"
                    + " (items.csv, movies.csv). Items that only this file has are recommended by their features.")
    private @Nullable Path items;

    @Option(
            names = "--user-features",
            paramLabel = "FILE",
            description = "Without a server: categories and attributes of users, as 'latent import' takes them"
                    + " (users.csv).")
    private @Nullable Path users;

    /** Made by the command line. */
    public FeatureOptions() {}

    /**
     * Returns the files that were given.
     *
     * @return none by default
     */
    public FeatureFiles files() {
        return new FeatureFiles(Optional.ofNullable(items), Optional.ofNullable(users));
    }

    /**
     * Returns whether a file was given.
     *
     * @return whether there is something to learn from
     */
    public boolean areGiven() {
        return items != null || users != null;
    }
}
