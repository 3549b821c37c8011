package dev.latent.cli.algorithms;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.session.Pages;
import dev.latent.cli.terminal.Table;
import dev.latent.client.LatentClient;
import dev.latent.v1.Algorithm;
import dev.latent.v1.ListAlgorithmsRequest;
import dev.latent.v1.ListAlgorithmsResponse;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists algorithms. */
@Command(name = "list", description = "List the algorithms that can be trained.")
final class AlgorithmsList extends ClientCommand {

    AlgorithmsList(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        List<Algorithm> algorithms = Pages.all(
                token -> client.algorithms()
                        .listAlgorithms(ListAlgorithmsRequest.newBuilder()
                                .setPageSize(Pages.SIZE)
                                .setPageToken(token)
                                .build()),
                ListAlgorithmsResponse::getAlgorithmsList,
                ListAlgorithmsResponse::getNextPageToken);
        show(
                () -> table(algorithms),
                () -> algorithms.stream().map(AlgorithmText::json).toList());
        return ExitCode.DONE;
    }

    private static Table table(List<Algorithm> algorithms) {
        Table table = Table.of("NAME", "PLUGIN", "VERSION", "DESCRIPTION");
        for (Algorithm algorithm : algorithms) {
            table.row(
                    algorithm.getName(),
                    algorithm.getPlugin(),
                    algorithm.getPluginVersion(),
                    algorithm.getDescription());
        }
        return table;
    }
}
