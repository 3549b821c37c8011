package dev.latent.cli.evaluating;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ComputingLog;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.ProgressLine;
import dev.latent.client.LatentClient;
import dev.latent.training.offline.EvaluationReport;
import dev.latent.training.offline.EvaluationRequest;
import dev.latent.training.offline.OfflineAlgorithms;
import dev.latent.training.offline.OfflineEvaluation;
import dev.latent.training.offline.OfflineException;
import dev.latent.v1.EvaluationFile;
import dev.latent.v1.EvaluationOptions;
import dev.latent.v1.ModelVersionEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures an algorithm on files, or a version on a server. */
@Command(
        name = "evaluate",
        description = {
            "Measure an algorithm on files beside its baselines, without a server; or a version on a server, where the"
                    + " result is kept with the version (see 'latent versions describe').",
            "",
            "A file is CSV, TSV or '::', packed by gzip or not: user, item[, value[, time]]; or lists: user item item"
                    + " ...",
            "Protocols of --algorithm: given (--train, --test), or with --data FILE k-fold, random, temporal,",
            "leave-last-out, leave-last-out-sampled, strong-generalization.",
            "Protocols of MODEL@VERSION: given (--test, --negatives) and temporal (what its dataset has learnt since"
                    + " it was",
            "sealed) measure the version as it is; what it has been trained on is left out and told"
                    + " (seen_in_training).",
            "All others train its algorithm with its hyperparameters again, on parts of its dataset as it is now.",
            "With --item-features, an item that has no interactions to learn from but features is a candidate like any"
                    + " other, be it in the test file or in that of features alone; one that the test asks for is"
                    + " counted in cold_items.",
            "Metrics: recall, capped_recall, ndcg, hr, precision, mrr, map, coverage, gini, popularity_share,",
            "novelty, ils, each @K; rmse, mae. Intervals are of 95 %%, by the bootstrap over users."
        },
        footer = {
            "",
            "Example: latent evaluate --algorithm wals --set factors=64 --protocol given --train train.csv --test"
                    + " test.csv",
            "           --metrics ndcg@10,recall@20",
            "Example: latent evaluate --algorithm sgd --protocol k-fold --data ratings.csv --metrics rmse -o json",
            "Example: latent evaluate --algorithm sgd --set loss=bpr features=own --train train.csv",
            "           --test test.csv --item-features movies.csv --metrics recall@20",
            "Example: latent evaluate movies@7 --test test.csv",
            "Example: latent evaluate movies@live --protocol leave-last-out"
        })
public final class EvaluateCommand extends ClientCommand {

    @Parameters(
            paramLabel = "MODEL@VERSION",
            arity = "0..1",
            description = "A version on a server, by number or alias; none with --algorithm.")
    private String version = "";

    @Option(names = "--algorithm", paramLabel = "NAME", description = "Without a server: how to learn.")
    private String algorithm = "";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            arity = "1..*",
            description = "With --algorithm: hyperparameters (default: the algorithm's).")
    private Map<String, String> hyperparameters = new LinkedHashMap<>();

    @Mixin
    private final ProtocolOptions protocol = new ProtocolOptions();

    @Option(
            names = "--metrics",
            paramLabel = "NAME[,NAME...]",
            split = ",",
            description = "What to measure (default: what suits algorithm and protocol).")
    private List<String> metrics = new ArrayList<>();

    @Option(names = "--no-baselines", description = "Measure the algorithm alone.")
    private boolean noBaselines;

    @Option(names = "--seed", paramLabel = "N", description = "From which all random numbers follow (default: 1).")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to keep busy (default: one a processor; on a server what it is configured for).")
    private int threads;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "With --algorithm: further plugins (default: the distribution's).")
    private List<Path> plugins = new ArrayList<>();

    @Option(names = "--log", description = "Show what the training tells.")
    private boolean showLog;

    /**
     * Makes the command.
     *
     * @param context the world around it
     */
    public EvaluateCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected Duration defaultTimeout() {
        return Duration.ofDays(7);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException, InterruptedException {
        if (version.isEmpty() == algorithm.isEmpty()) {
            throw usage("Either MODEL@VERSION, on a server, or --algorithm NAME, without one, says what to measure");
        }
        Map<String, Object> fields =
                version.isEmpty() ? evaluate().fields() : EvaluationFields.of(evaluateVersion(client));
        show(() -> EvaluationText.table(fields), () -> fields);
        if (!isJson()) {
            EvaluationText.lines(fields).forEach(this::say);
        }
        return ExitCode.DONE;
    }

    private ModelVersionEvaluation evaluateVersion(LatentClient client) throws IOException, InterruptedException {
        if (version.indexOf('@') < 0) {
            throw usage("'" + version + "' does not name a version, expected one such as " + version + "@7 or "
                    + version + "@live");
        }
        if (!hyperparameters.isEmpty() || !plugins.isEmpty()) {
            throw usage("A version is measured with its own hyperparameters and the server's plugins; --set and"
                    + " --plugins are for --algorithm NAME, without a server");
        }
        Map<EvaluationFile, Path> files = protocol.serverFiles();
        for (Path file : files.values()) {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
        }
        EvaluationOptions options = protocol.serverOptions()
                .setName(version)
                .addAllMetrics(metrics)
                .setSkipBaselines(noBaselines)
                .setSeed(seed)
                .setThreads(threads)
                .setActor(System.getProperty("user.name", ""))
                .build();
        ProgressLine progress = new ProgressLine(terminal());
        try {
            return new ServerEvaluation(client.channel(), progress, this::log).evaluate(options, files, givenTimeout());
        } finally {
            progress.clear();
        }
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }

    private void log(String line) {
        if (showLog) {
            say(line);
        }
    }

    private EvaluationReport evaluate() throws IOException {
        if (!showLog) {
            ComputingLog.warningsOnly();
        }
        try (OfflineAlgorithms algorithms = OfflineAlgorithms.open(plugins)) {
            OfflineEvaluation evaluation = new OfflineEvaluation(algorithms, this::log);
            return evaluation.evaluate(request());
        } catch (OfflineException e) {
            throw new CommandException(
                    e.isOfRequest() ? ExitCode.USAGE : ExitCode.ERROR, String.valueOf(e.getMessage()), e);
        }
    }

    private EvaluationRequest request() throws IOException {
        return OfflineException.guard(() -> new EvaluationRequest(
                algorithm,
                hyperparameters,
                protocol.protocol(),
                metrics,
                !noBaselines,
                new EvaluationRequest.Effort(
                        seed, threads == 0 ? Runtime.getRuntime().availableProcessors() : threads)));
    }
}
