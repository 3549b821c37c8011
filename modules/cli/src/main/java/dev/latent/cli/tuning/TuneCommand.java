package dev.latent.cli.tuning;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.training.tuning.TuningResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searches hyperparameters. */
@Command(
        name = "tune",
        description = {
            "Search the hyperparameters of an algorithm on a file, without a server.",
            "Settings are proposed by a tree-structured Parzen estimator and given up early by successive halving over"
                    + " sweeps. The validation part is cut from the file: the last interaction of each user, or a"
                    + " tenth of the ratings for rmse. A search that was killed goes on from its journal."
        },
        footer = {
            "",
            "Example: latent tune --algorithm wals --train ratings.csv --set minimum_value=3.5 --report wals.html"
        })
public final class TuneCommand extends ClientCommand {

    @Mixin
    private final SearchOptions search = new SearchOptions();

    @Option(
            names = "--train",
            paramLabel = "FILE",
            description = "What to learn from: lines of user, item[, value[, time]], CSV or TSV, gzip or not.")
    private @Nullable Path train;

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write the report, one HTML page.")
    private @Nullable Path report;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "From where to go on after a kill (default: beside the report; none without one).")
    private @Nullable Path journal;

    /**
     * Makes the command.
     *
     * @param context the world around it
     */
    public TuneCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException {
        if (train == null || search.algorithm().isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "Missing --train FILE or --algorithm NAME: what to learn from, and how");
        }
        TuningResult result = new OfflineTuning(search, terminal())
                .run(train, Optional.ofNullable(report), Optional.ofNullable(journal));
        show(() -> TuningText.table(result), () -> TuningText.json(result));
        return ExitCode.DONE;
    }
}
