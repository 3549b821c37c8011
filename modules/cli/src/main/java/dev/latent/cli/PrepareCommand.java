package dev.latent.cli;

import dev.latent.cli.session.BaseCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import picocli.CommandLine.Command;

/** Tells how faster starts are prepared. The launcher does it itself; this command is only there for the help. */
@Command(
        name = "prepare",
        description = {
            "Make later starts of servers and commands faster, by AOT caches for this machine's Java.",
            "Takes some seconds once; LATENT_CACHE says where they are kept, 'off' does without."
        })
final class PrepareCommand extends BaseCommand {

    PrepareCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        throw new CommandException(ExitCode.ERROR, "Starts are prepared by the launcher: run bin/latent prepare");
    }
}
