package dev.latent.cli.training;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.GetRunRequest;
import dev.latent.v1.Run;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a run. */
@Command(name = "describe", description = "Show one run.")
final class RunsDescribe extends ClientCommand {

    @Parameters(paramLabel = "RUN", description = "Id of the run.")
    private String id = "";

    RunsDescribe(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        Run run = client.training()
                .getRun(GetRunRequest.newBuilder().setId(id).build())
                .getRun();
        show(() -> table(run), () -> RunText.json(run));
        return ExitCode.DONE;
    }

    private Table table(Run run) {
        Table table = Table.of("FIELD", "VALUE")
                .row("run", run.getId())
                .row("model", run.getModel())
                .row("dataset", run.getDataset())
                .row("algorithm", run.getAlgorithm())
                .row("hyperparameters", Words.pairs(run.getHyperparametersMap()))
                .row("seed", run.getSeed())
                .row("started from", run.getStartVersion())
                .row("state", RunText.state(run))
                .row("progress", RunText.progress(run))
                .row("message", run.getMessage())
                .row("loss", RunText.values(run.getProgress().getLossList()))
                .row("measured on", run.getEvaluationProtocol());
        new TreeMap<>(run.getMetricsMap()).forEach((name, value) -> table.row(name, Words.number(value)));
        if (run.getPeakMemoryBytes() > 0) {
            table.row("peak memory", Words.size(run.getPeakMemoryBytes()));
        }
        return table.row("asked for", Words.time(run.getCreateTime()))
                .row("asked for by", run.getActor())
                .row("time", RunText.duration(run, context().clock().instant()));
    }
}
