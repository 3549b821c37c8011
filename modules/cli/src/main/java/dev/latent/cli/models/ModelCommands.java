package dev.latent.cli.models;

import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.Commands;
import picocli.CommandLine;

/** The commands about models: {@code models}, {@code versions}, {@code promote}, {@code rollback}, {@code ledger}. */
public final class ModelCommands {

    private ModelCommands() {}

    /**
     * Adds the commands.
     *
     * @param root to which
     * @param context the world around them
     */
    public static void addTo(CommandLine root, CommandContext context) {
        root.addSubcommand(Commands.group(
                        new ModelsList(context),
                        "models",
                        "List models; describe, create, update and delete them.",
                        new ModelsList(context),
                        new ModelsDescribe(context),
                        new ModelsCreate(context),
                        new ModelsUpdate(context),
                        new ModelsDelete(context)))
                .addSubcommand(Commands.group(
                        context,
                        "versions",
                        "List, describe, verify and delete the versions of a model.",
                        new VersionsList(context),
                        new VersionsDescribe(context),
                        new VersionsVerify(context),
                        new VersionsDelete(context)))
                .addSubcommand(new PromoteCommand(context))
                .addSubcommand(new RollbackCommand(context))
                .addSubcommand(new LedgerCommand(context));
    }
}
