package dev.latent.cli.training;

import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandTable;
import dev.latent.cli.session.Commands;

/** The commands about training: {@code train} and {@code runs}. */
public final class TrainingCommands {

    private TrainingCommands() {}

    /**
     * Adds the commands.
     *
     * @param table to which
     * @param context the world around them
     */
    public static void addTo(CommandTable table, CommandContext context) {
        table.add("train", () -> new TrainCommand(context))
                .add(
                        "runs",
                        () -> Commands.group(
                                new RunsList(context),
                                "runs",
                                "List runs; describe, watch and cancel them.",
                                new RunsList(context),
                                new RunsDescribe(context),
                                new RunsWatch(context),
                                new RunsCancel(context)));
    }
}
