package dev.latent.cli;

import dev.latent.cli.session.BaseCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and options. */
@Command(
        name = "completion",
        description = "Print a script that completes commands and options in bash or zsh.",
        footer = {"", "Example: source <(latent completion bash)"})
final class CompletionCommand extends BaseCommand {

    private static final List<String> SHELLS = List.of("bash", "zsh");

    @Parameters(arity = "0..1", paramLabel = "bash|zsh", description = "The shell (default: bash).")
    private String shell = "bash";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + shell + "' is not a shell known here, expected bash or zsh");
        }
        // One script serves both: under zsh it turns on bash's way of completing.
        terminal().out().print(AutoComplete.bash("latent", LatentCommand.commandLine(context())));
        terminal().out().flush();
        return ExitCode.DONE.number();
    }
}
