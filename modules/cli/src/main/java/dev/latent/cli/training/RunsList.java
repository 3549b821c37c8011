package dev.latent.cli.training;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.session.Pages;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.ListRunsRequest;
import dev.latent.v1.ListRunsResponse;
import dev.latent.v1.Run;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(name = "list", description = "List runs, newest first.")
final class RunsList extends ClientCommand {

    @Option(names = "--model", paramLabel = "MODEL", description = "Only runs of this model.")
    private String model = "";

    RunsList(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        List<Run> runs = Pages.all(
                token -> client.training()
                        .listRuns(ListRunsRequest.newBuilder()
                                .setModel(model)
                                .setPageSize(Pages.SIZE)
                                .setPageToken(token)
                                .build()),
                ListRunsResponse::getRunsList,
                ListRunsResponse::getNextPageToken);
        show(() -> table(runs), () -> runs.stream().map(RunText::json).toList());
        return ExitCode.DONE;
    }

    private Table table(List<Run> runs) {
        Instant now = context().clock().instant();
        Table table = Table.of("RUN", "MODEL", "ALGORITHM", "STATE", "PROGRESS", ">TIME", ">AGE");
        for (Run run : runs) {
            table.row(
                    run.getId(),
                    run.getModel(),
                    run.getAlgorithm(),
                    RunText.state(run),
                    RunText.progress(run),
                    RunText.duration(run, now),
                    Words.age(run.getCreateTime(), now));
        }
        return table;
    }
}
