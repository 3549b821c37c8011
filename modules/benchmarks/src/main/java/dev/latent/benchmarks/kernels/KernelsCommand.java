package dev.latent.benchmarks.kernels;

import dev.latent.benchmarks.report.Machine;
import dev.latent.benchmarks.report.Output;
import dev.latent.benchmarks.report.UsageException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench kernels}: JMH runs each kernel in a process of its own. */
@Command(
        name = "kernels",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure the numeric kernels on one core beside the core's peak, its memory and EJML, all in one run.",
            "Each kernel has a process of its own, as JMH does it; about a minute and a half by default."
        })
public final class KernelsCommand implements Callable<Integer> {

    @Option(names = "--millis", paramLabel = "N", description = "Of one measurement (default: 300).")
    private int millis = 300;

    @Option(names = "--measurements", paramLabel = "N", description = "Of each kernel and process (default: 7).")
    private int measurements = 7;

    @Option(names = "--forks", paramLabel = "N", description = "Processes for each kernel (default: 1).")
    private int forks = 1;

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command, to be filled in by the command line. */
    public KernelsCommand() {}

    @Override
    public Integer call() throws RunnerException {
        // below these, what is measured is the compiler at work
        UsageException.checkCount("--millis", millis, 100);
        UsageException.checkCount("--measurements", measurements, 3);
        UsageException.checkCount("--forks", forks, 1);
        Machine machine = Machine.current();
        // what the processes of the kernels say, such as the JVM's warnings, is no part of the result
        OutputFormat messages = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
        KernelReport report =
                KernelResults.read(new Runner(options(), messages).run()).report(machine);
        output.print(spec.commandLine().getOut(), report, report::text);
        return 0;
    }

    private Options options() {
        return new OptionsBuilder()
                .include(pattern(Peak.class))
                .include(pattern(GramianRows.class))
                .include(pattern(Solve.class))
                .include(pattern(Scan.class))
                .include(pattern(CatalogueEvaluation.class))
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .warmupIterations(measurements)
                .warmupTime(TimeValue.milliseconds(millis))
                .measurementIterations(measurements)
                .measurementTime(TimeValue.milliseconds(millis))
                .forks(forks)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static String pattern(Class<?> benchmarks) {
        return "^" + benchmarks.getName().replace(".", "\\.") + "\\.";
    }
}
