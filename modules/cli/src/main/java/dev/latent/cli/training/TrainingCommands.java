package dev.latent.cli.training;

import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.Commands;
import picocli.CommandLine;

/** The commands about training: {@code train} and {@code runs}. */
public final class TrainingCommands {

    private TrainingCommands() {}

    /**
     * Adds the commands.
     *
     * @param root to which
     * @param context the world around them
     */
    public static void addTo(CommandLine root, CommandContext context) {
        root.addSubcommand(new TrainCommand(context))
                .addSubcommand(Commands.group(
                        new RunsList(context),
                        "runs",
                        "List runs; describe, watch and cancel them.",
                        new RunsList(context),
                        new RunsDescribe(context),
                        new RunsWatch(context),
                        new RunsCancel(context)));
    }
}
