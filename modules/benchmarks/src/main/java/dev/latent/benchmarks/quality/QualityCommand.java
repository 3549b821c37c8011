package dev.latent.benchmarks.quality;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latent.benchmarks.report.Machine;
import dev.latent.benchmarks.report.Output;
import dev.latent.benchmarks.report.UsageException;
import dev.latent.benchmarks.training.Algorithms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            "Measure what the algorithms reach on public data against their targets, as Markdown tables.",
            "The folder holds one folder a data set. Ends with 1 when a target is missed."
        })
public final class QualityCommand implements Callable<Integer> {

    private static final int MISSED = 1;

    /** Of each protocol one set, the quickest. */
    private static final Set<String> QUICK = Set.of(QualityCase.SMALL);

    @Option(names = "--data", required = true, paramLabel = "FOLDER", description = "Holds the data sets.")
    private Path data = Path.of("");

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SET[/ALGORITHM]",
            description = "Only these data sets or rows, such as msweb or 'msweb/wals' (default: all).")
    private List<String> only = List.of();

    @Option(names = "--quick", description = "One data set and one seed: a minute.")
    private boolean quick;

    @Option(
            names = {"--seeds", "--seed"},
            split = ",",
            paramLabel = "N",
            description = "Seeds of the trainings (default: 1,2,3).")
    private List<Long> seeds = List.of(1L, 2L, 3L);

    @Option(names = "--split-seed", paramLabel = "N", description = "Seed of splits that are drawn (default: 1).")
    private long splitSeed = 1;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Tuned hyperparameters as JSON (default: those that come with this module).")
    private Optional<Path> settings = Optional.empty();

    @Option(
            names = "--tune",
            paramLabel = "TRIALS",
            description = "Search hyperparameters of the rankings on their training parts, write them to the file of"
                    + " --settings and measure nothing.")
    private int tune;

    @Option(
            names = "--peers",
            paramLabel = "FILE",
            description = "Figures of implicit's tuned ALS on the same splits, as JSON: {\"SET\": {\"ndcg@10\": …,"
                    + " \"recall@20\": …}}.")
    private Optional<Path> peers = Optional.empty();

    @Option(
            names = "--write-splits",
            paramLabel = "FOLDER",
            description = "Write the splits of the rankings as files for other programs, and measure nothing.")
    private Optional<Path> writeSplits = Optional.empty();

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
        List<QualityCase> cases = cases();
        if (!Files.isDirectory(data)) {
            throw new UsageException(data + " is no folder; point --data to one that holds a folder for each data set");
        }
        if (writeSplits.isPresent()) {
            return write(cases, writeSplits.get());
        }
        TunedSettings tuned = settings.isPresent() && Files.exists(settings.get())
                ? TunedSettings.read(settings.get())
                : TunedSettings.bundled();
        Machine machine = Machine.current();
        QualityRun run =
                new QualityRun(new QualityData(data), tuned, splitSeed, quick ? seeds.subList(0, 1) : seeds, threads);
        if (tune > 0) {
            return tune(cases, tuned, run);
        }
        long start = System.nanoTime();
        List<QualityRow> rows = new ArrayList<>();
        for (QualityCase quality : offered(cases)) {
            spec.commandLine().getErr().println("measuring " + quality.key() + ", " + quality.protocol() + " …");
            rows.add(run.measure(quality));
        }
        QualityReport report = QualityReport.of(
                rows,
                new QualityTargets(rows, readPeers()).all(),
                splitSeed,
                (System.nanoTime() - start) / 1e9,
                machine);
        output.print(spec.commandLine().getOut(), report, report::markdown);
        return report.met() ? 0 : MISSED;
    }

    /** Leaves out, and says so, what the algorithms on the class path do not offer. */
    private List<QualityCase> offered(List<QualityCase> cases) {
        List<QualityCase> offered = new ArrayList<>();
        for (QualityCase quality : cases) {
            Map<String, String> missing = quality.missing(Algorithms.get(quality.algorithm()));
            if (missing.isEmpty()) {
                offered.add(quality);
            } else {
                spec.commandLine()
                        .getErr()
                        .println("left out " + quality.key() + ": " + quality.algorithm() + " takes no " + missing);
            }
        }
        return offered;
    }

    private int tune(List<QualityCase> cases, TunedSettings known, QualityRun run) throws IOException {
        Path file = settings.orElseThrow(() -> new UsageException("--tune needs --settings FILE to write to"));
        Path journals = Files.createDirectories(file.resolveSibling(file.getFileName() + ".journals"));
        SettingsSearch search =
                new SettingsSearch(run, tune, journals, spec.commandLine().getErr());
        TunedSettings tuned = known;
        for (QualityCase quality : cases) {
            if (quality.protocol() == Protocol.LEAVE_LAST_OUT) {
                tuned = tuned.with(quality, search.search(quality));
                tuned.write(file);
            }
        }
        return 0;
    }

    private int write(List<QualityCase> cases, Path folder) throws IOException {
        SplitFiles splits = new SplitFiles(new QualityData(data), splitSeed);
        for (String dataset : cases.stream()
                .filter(quality -> quality.protocol() == Protocol.LEAVE_LAST_OUT)
                .map(QualityCase::dataset)
                .distinct()
                .toList()) {
            splits.write(dataset, folder);
        }
        return 0;
    }

    private List<QualityCase> cases() {
        List<QualityCase> all = QualityCase.all().stream()
                .filter(quality -> !quick || QUICK.contains(quality.dataset()))
                .filter(quality -> only.isEmpty() || only.contains(quality.dataset()) || only.contains(quality.key()))
                .toList();
        if (all.isEmpty()) {
            throw new UsageException("No row of the table is one of " + only + "; there are "
                    + QualityCase.all().stream()
                            .map(QualityCase::key)
                            .distinct()
                            .toList());
        }
        return all;
    }

    private QualityTarget.Peers readPeers() throws IOException {
        return new QualityTarget.Peers(
                peers.isPresent()
                        ? new ObjectMapper()
                                .readValue(
                                        Files.readString(peers.get()),
                                        new TypeReference<Map<String, Map<String, Double>>>() {})
                        : Map.of());
    }
}
