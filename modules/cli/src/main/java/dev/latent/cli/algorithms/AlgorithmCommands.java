package dev.latent.cli.algorithms;

import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandTable;
import dev.latent.cli.session.Commands;

/** The commands about algorithms: {@code algorithms} and {@code plugins}. */
public final class AlgorithmCommands {

    private AlgorithmCommands() {}

    /**
     * Adds the commands.
     *
     * @param table to which
     * @param context the world around them
     */
    public static void addTo(CommandTable table, CommandContext context) {
        table.add(
                        "algorithms",
                        () -> Commands.group(
                                new AlgorithmsList(context),
                                "algorithms",
                                "List algorithms, and describe what can be set for them.",
                                new AlgorithmsList(context),
                                new AlgorithmsDescribe(context)))
                .add(
                        "plugins",
                        () -> Commands.group(
                                new PluginsList(context),
                                "plugins",
                                "List plugins with their state.",
                                new PluginsList(context)));
    }
}
