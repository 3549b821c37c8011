package dev.latent.cli;

import dev.latent.cli.algorithms.AlgorithmCommands;
import dev.latent.cli.data.DataCommands;
import dev.latent.cli.models.ModelCommands;
import dev.latent.cli.offline.VerifyCommand;
import dev.latent.cli.recommending.RecommendingCommands;
import dev.latent.cli.sample.SampleCommand;
import dev.latent.cli.session.BaseCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ErrorReport;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.training.TrainingCommands;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code latent}. */
@Command(
        name = "latent",
        description = {
            "Latent trains, versions and serves latent-factor recommenders.",
            "",
            "  latent serve --home ~/.latent                                 a server",
            "  latent import movies ml-latest-small/                         data into it",
            "  latent train movies --dataset movies --algorithm wals         a version from the data",
            "  latent promote movies 1                                       the version goes live",
            "  latent recommend movies 42                                    an answer"
        },
        versionProvider = LatentVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n")
public final class LatentCommand extends BaseCommand {

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    @SuppressWarnings("UnusedVariable") // its presence is what picocli looks for
    private boolean version;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private LatentCommand(CommandContext context) {
        super(context);
    }

    /**
     * Runs a command in this process and ends it with its exit code.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(CommandContext.system(), arguments));
    }

    /**
     * Runs a command.
     *
     * @param context the world around it
     * @param arguments of the command line
     * @return its exit code
     */
    public static int run(CommandContext context, String... arguments) {
        int exitCode = commandLine(context).execute(arguments);
        context.terminal().out().flush();
        context.terminal().err().flush();
        return exitCode;
    }

    /** Puts all commands together. */
    static CommandLine commandLine(CommandContext context) {
        CommandLine root = new CommandLine(new LatentCommand(context));
        root.addSubcommand(new ServeCommand(context)).addSubcommand(new StatusCommand(context));
        DataCommands.addTo(root, context);
        TrainingCommands.addTo(root, context);
        ModelCommands.addTo(root, context);
        AlgorithmCommands.addTo(root, context);
        RecommendingCommands.addTo(root, context);
        root.addSubcommand(new VerifyCommand(context))
                .addSubcommand(new SampleCommand(context))
                .addSubcommand(new CompletionCommand(context))
                .addSubcommand(new PrepareCommand(context));
        root.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        ErrorReport errors = new ErrorReport(context.terminal().err());
        boolean colored =
                context.terminal().outIsTerminal() && context.terminal().colorsAllowed();
        return root.setOut(context.terminal().out())
                .setErr(context.terminal().err())
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .setColorScheme(CommandLine.Help.defaultColorScheme(colored ? Ansi.ON : Ansi.OFF));
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(code -> codes.put(Integer.toString(code.number()), code.meaning()));
        return codes;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command, expected one such as 'status'");
    }
}
