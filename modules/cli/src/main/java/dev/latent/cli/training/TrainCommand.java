package dev.latent.cli.training;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.v1.EarlyStopping;
import dev.latent.v1.EstimateRunRequest;
import dev.latent.v1.Run;
import dev.latent.v1.RunEstimate;
import dev.latent.v1.StartRunRequest;
import dev.latent.v1.WarmStart;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a version of a model. */
@Command(
        name = "train",
        description = {
            "Train a version of a model, wait for it and print its name.",
            "The model is created when it does not exist. 'latent algorithms describe ALGORITHM' tells what can be set.",
            "Ctrl-C stops the waiting, not the training. --dry-run tells memory and time beforehand; a run that cannot fit",
            "is refused with the figures and what to change."
        },
        footer = {"", "Example: latent train movies --dataset movies --algorithm wals --set factors=64"})
final class TrainCommand extends ClientCommand {

    @Parameters(paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Option(names = "--dataset", paramLabel = "DATASET", description = "What to learn from (default: the model's).")
    private String dataset = "";

    @Option(names = "--algorithm", paramLabel = "NAME", description = "How to learn (default: the model's).")
    private String algorithm = "";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            arity = "1..*",
            description = "Hyperparameters (default: the model's, then the algorithm's).")
    private Map<String, String> hyperparameters = new LinkedHashMap<>();

    @Option(names = "--seed", paramLabel = "N", description = "From which all random numbers follow (default: 1).")
    private @Nullable Long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the run (default: the server's choice).")
    private int threads;

    @Option(
            names = "--split",
            paramLabel = "KIND[:SHARE]",
            converter = SplitConverter.class,
            description = "How to hold out for measuring: auto, leave-last-out, random:0.1, temporal:0.1 or none.")
    private SplitConverter.Split split = SplitConverter.AUTO;

    @Option(names = "--no-refit", description = "Publish what was measured, without learning from the holdout too.")
    private boolean noRefit;

    @Option(names = "--patience", paramLabel = "N", description = "Stop after N sweeps without improvement.")
    private int patience;

    @Option(names = "--metric", paramLabel = "NAME", description = "What --patience watches, such as ndcg@10.")
    private String metric = "";

    @Option(
            names = "--type-weight",
            paramLabel = "TYPE=WEIGHT",
            description = "Learn only from these types, with these weights (default: all, each with weight 1).")
    private Map<String, Double> typeWeights = new LinkedHashMap<>();

    @Option(
            names = "--warm-start",
            paramLabel = "VERSION",
            arity = "0..1",
            fallbackValue = "0",
            description = "Start from a version of the model (default: the live one, else the newest), by ids.")
    private @Nullable Integer warmStart;

    @Option(
            names = "--dry-run",
            description = "Train nothing; tell memory and time that the run would need, and whether it fits.")
    private boolean dryRun;

    @Option(names = "--detach", description = "Do not wait; print the id of the run.")
    private boolean detach;

    @Option(names = "--log", description = "Show the run's log while waiting.")
    private boolean showLog;

    TrainCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected Duration defaultTimeout() {
        return Duration.ofMinutes(2);
    }

    @Override
    protected ExitCode run(LatentClient client) throws InterruptedException {
        if (dryRun) {
            return estimate(client);
        }
        Run run = client.training().startRun(request()).getRun();
        if (detach) {
            showLine(run.getId(), () -> RunText.json(run));
            say("Run " + run.getId() + " started; 'latent runs watch " + run.getId() + "' follows it");
            return ExitCode.DONE;
        }
        Run ended = new RunFollower(client, terminal(), showLog).follow(run.getId());
        RunOutcome.say(ended, terminal());
        showLine(ended.getVersion(), () -> RunText.json(ended));
        return RunOutcome.exitCode(ended);
    }

    private ExitCode estimate(LatentClient client) {
        RunEstimate estimate = client.training()
                .estimateRun(EstimateRunRequest.newBuilder().setRun(request()).build())
                .getEstimate();
        show(() -> EstimateText.table(estimate), () -> EstimateText.json(estimate));
        if (!estimate.getNote().isEmpty()) {
            say(estimate.getNote());
        }
        if (!estimate.getFits()) {
            say(estimate.getProblem());
        }
        return estimate.getFits() ? ExitCode.DONE : ExitCode.CONFLICT;
    }

    private StartRunRequest request() {
        StartRunRequest.Builder request = StartRunRequest.newBuilder()
                .setModel(model)
                .setDataset(dataset)
                .setAlgorithm(algorithm)
                .putAllHyperparameters(hyperparameters)
                .setThreads(threads)
                .setSplit(split.toProto())
                .setRefit(!noRefit)
                .setEarlyStopping(
                        EarlyStopping.newBuilder().setPatience(patience).setMetric(metric))
                .setActor(System.getProperty("user.name", ""))
                .setRequestId(UUID.randomUUID().toString())
                .putAllTypeWeights(typeWeights);
        if (warmStart != null) {
            request.setWarmStart(WarmStart.newBuilder().setVersion(warmStart));
        }
        if (seed != null) {
            request.setSeed(seed);
        }
        return request.build();
    }
}
