package dev.latent.cli.models;

import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandTable;
import dev.latent.cli.session.Commands;

/** The commands about models: {@code models}, {@code versions}, {@code promote}, {@code rollback}, {@code ledger}. */
public final class ModelCommands {

    private ModelCommands() {}

    /**
     * Adds the commands.
     *
     * @param table to which
     * @param context the world around them
     */
    public static void addTo(CommandTable table, CommandContext context) {
        table.add(
                        "models",
                        () -> Commands.group(
                                new ModelsList(context),
                                "models",
                                "List models; describe, create, update and delete them.",
                                new ModelsList(context),
                                new ModelsDescribe(context),
                                new ModelsCreate(context),
                                new ModelsUpdate(context),
                                new ModelsDelete(context)))
                .add(
                        "versions",
                        () -> Commands.group(
                                context,
                                "versions",
                                "List, describe, verify, import, export and delete the versions of a model.",
                                new VersionsList(context),
                                new VersionsDescribe(context),
                                new VersionsVerify(context),
                                new VersionsImport(context),
                                new VersionsExport(context),
                                new VersionsDelete(context)))
                .add("promote", () -> new PromoteCommand(context))
                .add("rollback", () -> new RollbackCommand(context))
                .add("ledger", () -> new LedgerCommand(context));
    }
}
