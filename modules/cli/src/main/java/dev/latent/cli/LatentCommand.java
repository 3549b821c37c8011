package dev.latent.cli;

import dev.latent.cli.algorithms.AlgorithmCommands;
import dev.latent.cli.data.DataCommands;
import dev.latent.cli.evaluating.EvaluateCommand;
import dev.latent.cli.models.ModelCommands;
import dev.latent.cli.offline.VerifyCommand;
import dev.latent.cli.recommending.RecommendingCommands;
import dev.latent.cli.sample.SampleCommand;
import dev.latent.cli.session.BaseCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandTable;
import dev.latent.cli.session.ErrorReport;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.training.TrainingCommands;
import dev.latent.cli.tuning.TuneCommand;
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
        int exitCode = commandLine(context, arguments).execute(arguments);
        context.terminal().out().flush();
        context.terminal().err().flush();
        return exitCode;
    }

    /** Puts the command together: with the one that is named first, or with all. */
    static CommandLine commandLine(CommandContext context, String... arguments) {
        CommandLine root = new CommandLine(new LatentCommand(context));
        commands(context).addTo(root, arguments.length == 0 ? "" : arguments[0]);
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

    private static CommandTable commands(CommandContext context) {
        CommandTable table = new CommandTable();
        table.add("serve", () -> new ServeCommand(context)).add("status", () -> new StatusCommand(context));
        DataCommands.addTo(table, context);
        TrainingCommands.addTo(table, context);
        table.add("tune", () -> new TuneCommand(context));
        ModelCommands.addTo(table, context);
        AlgorithmCommands.addTo(table, context);
        RecommendingCommands.addTo(table, context);
        return table.add("evaluate", () -> new EvaluateCommand(context))
                .add("verify", () -> new VerifyCommand(context))
                .add("sample", () -> new SampleCommand(context))
                .add("completion", () -> new CompletionCommand(context))
                .add("prepare", () -> new PrepareCommand(context));
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
