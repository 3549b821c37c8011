package dev.latent.cli.data;

import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandTable;
import dev.latent.cli.session.Commands;

/** The commands about data: {@code datasets}, {@code import}, {@code interactions} and {@code users}. */
public final class DataCommands {

    private DataCommands() {}

    /**
     * Adds the commands.
     *
     * @param table to which
     * @param context the world around them
     */
    public static void addTo(CommandTable table, CommandContext context) {
        table.add(
                        "datasets",
                        () -> Commands.group(
                                new DatasetsList(context),
                                "datasets",
                                "List datasets; create, describe and delete them.",
                                new DatasetsList(context),
                                new DatasetsDescribe(context),
                                new DatasetsCreate(context),
                                new DatasetsDelete(context)))
                .add("import", () -> new ImportCommand(context))
                .add(
                        "interactions",
                        () -> Commands.group(
                                context,
                                "interactions",
                                "Show what users did, and write it through the stream.",
                                new InteractionsRead(context),
                                new InteractionsWrite(context)))
                .add("users", () -> Commands.group(context, "users", "Forget users.", new UsersDelete(context)));
    }
}
