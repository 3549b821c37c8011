package dev.latent.cli.session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A noun whose verbs do the work. */
@Command(synopsisSubcommandLabel = "COMMAND")
public final class GroupCommand extends BaseCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * Makes a noun.
     *
     * @param context the world around it
     */
    public GroupCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command, expected one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
