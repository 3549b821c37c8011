package dev.latent.cli.models;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that move an alias. */
final class MoveOptions {

    @Option(names = "--alias", paramLabel = "NAME", description = "The alias to move (default: live).")
    private String alias = "live";

    @Option(
            names = "--expect-generation",
            paramLabel = "N",
            description = "Move it only when this is its generation, otherwise end with exit code 6.")
    private @Nullable Long expectedGeneration;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the ledger.")
    private String reason = "";

    String alias() {
        return alias;
    }

    OptionalLong expectedGeneration() {
        return expectedGeneration == null ? OptionalLong.empty() : OptionalLong.of(expectedGeneration);
    }

    String reason() {
        return reason;
    }

    String actor() {
        return System.getProperty("user.name", "");
    }
}
