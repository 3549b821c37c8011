package dev.latent.cli.data;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.session.Pages;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.Dataset;
import dev.latent.v1.ListDatasetsRequest;
import dev.latent.v1.ListDatasetsResponse;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists datasets. */
@Command(name = "list", description = "List datasets with their counts.")
final class DatasetsList extends ClientCommand {

    DatasetsList(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        List<Dataset> datasets = Pages.all(
                token -> client.datasets()
                        .listDatasets(ListDatasetsRequest.newBuilder()
                                .setPageSize(Pages.SIZE)
                                .setPageToken(token)
                                .build()),
                ListDatasetsResponse::getDatasetsList,
                ListDatasetsResponse::getNextPageToken);
        show(
                () -> table(datasets),
                () -> datasets.stream().map(DatasetText::json).toList());
        return ExitCode.DONE;
    }

    private Table table(List<Dataset> datasets) {
        Table table = Table.of("NAME", "REPEATS", ">USERS", ">ITEMS", ">INTERACTIONS", ">AGE");
        for (Dataset dataset : datasets) {
            table.row(
                    dataset.getName(),
                    DatasetText.policy(dataset),
                    Words.count(dataset.getUserCount()),
                    Words.count(dataset.getItemCount()),
                    Words.count(dataset.getInteractionCount()),
                    Words.age(dataset.getCreateTime(), context().clock().instant()));
        }
        return table;
    }
}
