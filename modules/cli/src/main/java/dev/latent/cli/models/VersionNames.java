package dev.latent.cli.models;

import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import org.jspecify.annotations.Nullable;

/** Names of versions, as people give them: {@code movies 7}, {@code movies@7} or, where that is allowed, an alias. */
final class VersionNames {

    private VersionNames() {}

    /**
     * Puts a name together.
     *
     * @param model a model, or a model with its version
     * @param version a number, a version's full name, or nothing when the model comes with it
     * @return such as {@code movies@7}
     */
    static String of(String model, @Nullable String version) {
        if (version == null) {
            if (model.indexOf('@') < 0) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "'" + model + "' does not name a version, expected one such as " + model + "@7");
            }
            return model;
        }
        int at = version.indexOf('@');
        if (at < 0) {
            return model + "@" + version;
        }
        String named = version.substring(0, at);
        if (!named.isEmpty() && !named.equals(model)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "Version '" + version + "' is not one of model '" + model + "', expected one such as " + model
                            + "@7");
        }
        return model + version.substring(at);
    }
}
