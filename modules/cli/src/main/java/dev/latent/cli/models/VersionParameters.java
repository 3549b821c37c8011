package dev.latent.cli.models;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The words that name a version: {@code movies@7}, or {@code movies 7}. */
final class VersionParameters {

    @Parameters(index = "0", paramLabel = "VERSION", description = "Such as movies@7, or movies 7.")
    private String model = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NUMBER", hideParamSyntax = true, description = "Its number.")
    private @Nullable String version;

    String name() {
        return VersionNames.of(model, version);
    }
}
