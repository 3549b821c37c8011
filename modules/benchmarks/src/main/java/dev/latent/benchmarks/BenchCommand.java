package dev.latent.benchmarks;

import dev.latent.benchmarks.kernels.KernelsCommand;
import dev.latent.benchmarks.load.LoadCommand;
import dev.latent.benchmarks.quality.QualityCommand;
import dev.latent.benchmarks.report.UsageException;
import dev.latent.benchmarks.training.TrainCommand;
import dev.latent.spi.InvalidHyperparametersException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {"Measures Latent: kernels, training, quality, serving.", ""},
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KernelsCommand.class, TrainCommand.class, QualityCommand.class, LoadCommand.class})
public final class BenchCommand implements Callable<Integer> {

    /** Exit code of a benchmark that failed or missed its target. */
    private static final int FAILED = 1;

    private static final int USAGE = 2;

    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private BenchCommand() {}

    /**
     * Runs a benchmark and ends the process with its exit code.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line with its way of reporting errors. */
    static CommandLine commandLine() {
        BenchCommand root = new BenchCommand();
        CommandLine line = new CommandLine(root);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((problem, command, _) -> root.report(problem, command.getErr()))
                .setParameterExceptionHandler((problem, _) -> reportUsage(problem));
    }

    private int report(Exception problem, PrintWriter err) {
        err.println("error: " + message(problem));
        if (debug) {
            problem.printStackTrace(err);
        }
        return isUsage(problem) ? USAGE : FAILED;
    }

    private static boolean isUsage(Exception problem) {
        return problem instanceof UsageException
                || problem instanceof InvalidHyperparametersException
                || problem instanceof NoSuchFileException;
    }

    private static String message(Exception problem) {
        String message = problem.getMessage();
        return message == null ? problem.toString() : message;
    }

    private static int reportUsage(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println("error: " + problem.getMessage());
        command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return USAGE;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command, expected one such as 'train'");
    }
}
