package dev.latent.cli.tuning;

import dev.latent.cli.evaluating.FeatureOptions;
import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.training.tuning.TuningResult;
import dev.latent.v1.GetRunRequest;
import dev.latent.v1.GetTuningResponse;
import dev.latent.v1.StartTuningRequest;
import dev.latent.v1.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches hyperparameters. */
@Command(
        name = "tune",
        description = {
            "Search the hyperparameters of an algorithm: of a model on a server, where the best setting trains the next"
                    + " version, or on a file without a server.",
            "Settings are proposed by a tree-structured Parzen estimator and given up early by successive halving over"
                    + " sweeps. The validation part is cut from the data given: the latest tenth of each user's"
                    + " interactions, at least one, or any tenth of the ratings for rmse. A search that was killed goes on from its journal."
        },
        footer = {
            "",
            "Example: latent tune movies --trials 30 --report movies.html",
            "Example: latent tune --algorithm wals --train ratings.csv --set minimum_value=3.5 --report wals.html"
        })
public final class TuneCommand extends ClientCommand {

    @Parameters(paramLabel = "MODEL", arity = "0..1", description = "Name of the model; none with --train.")
    private String model = "";

    @Mixin
    private final SearchOptions search = new SearchOptions();

    @Option(
            names = "--train",
            paramLabel = "FILE",
            description = "Without a server: lines of user, item[, value[, time]], CSV or TSV, gzip or not.")
    private @Nullable Path train;

    @Mixin
    private final FeatureOptions features = new FeatureOptions();

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write the report, one HTML page.")
    private @Nullable Path report;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "With --train, from where to go on after a kill (default: beside the report).")
    private @Nullable Path journal;

    @Option(names = "--dataset", paramLabel = "DATASET", description = "What to learn from (default: the model's).")
    private String dataset = "";

    @Option(
            names = "--type-weight",
            paramLabel = "TYPE=WEIGHT",
            description =
                    "Learn only from these types, with these weights, in the trials and in the version (default: all,"
                            + " each with weight 1). On a server only.")
    private Map<String, Double> typeWeights = new LinkedHashMap<>();

    @Option(names = "--keep", description = "Let the model's definition take the best setting over.")
    private boolean keep;

    @Option(names = "--resume", paramLabel = "ID", description = "Go on with a search that its server interrupted.")
    private String resume = "";

    @Option(names = "--detach", description = "Do not wait; print the id of the search.")
    private boolean detach;

    /**
     * Makes the command.
     *
     * @param context the world around it
     */
    public TuneCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected Duration defaultTimeout() {
        return Duration.ofDays(7);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException {
        if (train != null) {
            return onFile(train);
        }
        if (model.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "Missing what to tune: MODEL on a server, or --algorithm NAME --train FILE without one");
        }
        return onServer(client);
    }

    private ExitCode onFile(Path file) throws IOException {
        if (!typeWeights.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--type-weight is for a server: the lines of a file have no type; give their values weights instead");
        }
        if (!model.isEmpty() || search.algorithm().isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "--train FILE is tuned without a server: give --algorithm NAME and no MODEL");
        }
        TuningResult result = new OfflineTuning(search, features.files(), terminal())
                .run(file, Optional.ofNullable(report), Optional.ofNullable(journal));
        show(() -> TuningText.table(result), () -> TuningText.json(result));
        return ExitCode.DONE;
    }

    private ExitCode onServer(LatentClient client) throws IOException {
        if (features.areGiven()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "A model on a server learns what its dataset knows of items and users; --item-features and"
                            + " --user-features are for --algorithm NAME --train FILE, without a server");
        }
        ServerTuning tunings = new ServerTuning(client, terminal());
        Tuning started = resume.isEmpty() ? tunings.start(request()) : tunings.resume(resume);
        if (detach) {
            showLine(started.getId(), () -> ServerTuningText.json(started, ""));
            return ExitCode.DONE;
        }
        say("Search " + started.getId() + " started; Ctrl-C ends the waiting, not the search");
        GetTuningResponse end = tunings.follow(started);
        if (report != null && !end.getReport().isEmpty()) {
            Files.writeString(report, end.getReport());
        }
        Tuning tuning = end.getTuning();
        String version = tuning.getRun().isEmpty()
                ? ""
                : client.training()
                        .getRun(GetRunRequest.newBuilder()
                                .setId(tuning.getRun())
                                .build())
                        .getRun()
                        .getVersion();
        show(() -> ServerTuningText.table(tuning), () -> ServerTuningText.json(tuning, version));
        return outcome(tuning, version);
    }

    private ExitCode outcome(Tuning tuning, String version) {
        if (tuning.getState() == Tuning.State.STATE_SUCCEEDED) {
            say(version + " trained with the best setting" + (keep ? ", which the model keeps" : ""));
            return ExitCode.DONE;
        }
        say("error: Search " + tuning.getId() + ": " + tuning.getMessage());
        return ExitCode.ERROR;
    }

    private StartTuningRequest request() {
        StartTuningRequest.Builder request = StartTuningRequest.newBuilder()
                .setModel(model)
                .setDataset(dataset)
                .setAlgorithm(search.algorithm())
                .putAllHyperparameters(search.fixed())
                .setMetric(search.metric())
                .setTrials(search.trials())
                .setSeed(search.seed())
                .setThreads(search.threads())
                .putAllTypeWeights(typeWeights)
                .setKeep(keep)
                .setActor(System.getProperty("user.name", ""));
        search.time()
                .ifPresent(time -> request.setTime(
                        com.google.protobuf.Duration.newBuilder().setSeconds(Math.max(1, time.toSeconds()))));
        return request.build();
    }
}
