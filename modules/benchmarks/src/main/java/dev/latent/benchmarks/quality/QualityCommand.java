package dev.latent.benchmarks.quality;

import dev.latent.benchmarks.report.Machine;
import dev.latent.benchmarks.report.Output;
import dev.latent.benchmarks.report.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench quality}. */
@Command(
        name = "quality",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measure what wals and sgd reach on MovieLens data, against their targets, as a Markdown table.",
            "The folder holds ml-100k and ml-latest-small as their owners publish them. Ends with 1 when a target is missed."
        })
public final class QualityCommand implements Callable<Integer> {

    private static final int MISSED = 1;

    @Option(names = "--data", required = true, paramLabel = "FOLDER", description = "Holds the data sets.")
    private Path data = Path.of("");

    @Option(names = "--seed", paramLabel = "N", description = "Seed of training and splits (default: 1).")
    private long seed = 1;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command, to be filled in by the command line. */
    public QualityCommand() {}

    @Override
    public Integer call() throws IOException {
        UsageException.checkCount("--threads", threads, 1);
        Machine machine = Machine.current();
        QualityRun run = new QualityRun(new RatingFolder(data), seed, threads);
        long start = System.nanoTime();
        List<QualityRow> rows = new ArrayList<>();
        for (QualityCase quality : QualityCase.all()) {
            rows.add(run.measure(quality));
        }
        QualityReport report = QualityReport.of(rows, (System.nanoTime() - start) / 1e9, machine);
        output.print(spec.commandLine().getOut(), report, report::markdown);
        return report.met() ? 0 : MISSED;
    }
}
