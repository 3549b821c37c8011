package dev.latent.cli.offline;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.training.offline.EvaluationReport;
import dev.latent.training.offline.EvaluationRequest;
import dev.latent.training.offline.OfflineAlgorithms;
import dev.latent.training.offline.OfflineEvaluation;
import dev.latent.training.offline.OfflineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains an algorithm on files and measures it. */
@Command(
        name = "evaluate",
        description = {
            "Train an algorithm on files and measure it beside its baselines, without a server.",
            "A file is CSV, TSV or '::', packed by gzip or not: user, item[, value[, time]]; or lists: user item item ...",
            "Protocols: given (--train, --test), or with --data FILE k-fold, random, temporal, leave-last-out,",
            "leave-last-out-sampled, strong-generalization.",
            "Metrics: recall, capped_recall, ndcg, hr, precision, mrr, map, coverage, gini, novelty, ils, each @K; rmse,",
            "mae. Intervals are of 95 %, by the bootstrap over users."
        },
        footer = {
            "",
            "Example: latent evaluate --algorithm wals --set factors=64 --protocol given --train train.csv --test test.csv",
            "           --metrics ndcg@10,recall@20",
            "Example: latent evaluate --algorithm sgd --protocol k-fold --data ratings.csv --metrics rmse -o json"
        })
public final class EvaluateCommand extends ClientCommand {

    @Option(names = "--algorithm", paramLabel = "NAME", required = true, description = "How to learn.")
    private String algorithm = "";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            arity = "1..*",
            description = "Hyperparameters (default: the algorithm's).")
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

    @Option(names = "--threads", paramLabel = "N", description = "Threads to keep busy (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--plugins", paramLabel = "DIR", description = "Further plugins (default: the distribution's).")
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
    protected ExitCode run(LatentClient client) throws IOException {
        EvaluationReport report = evaluate();
        show(() -> EvaluationText.table(report), report::fields);
        if (!isJson()) {
            EvaluationText.lines(report).forEach(this::say);
        }
        return ExitCode.DONE;
    }

    private EvaluationReport evaluate() throws IOException {
        try (OfflineAlgorithms algorithms = OfflineAlgorithms.open(plugins)) {
            OfflineEvaluation evaluation = new OfflineEvaluation(algorithms, line -> {
                if (showLog) {
                    say(line);
                }
            });
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
                new EvaluationRequest.Effort(seed, threads)));
    }
}
