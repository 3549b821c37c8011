package dev.latent.cli.data;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.v1.Dataset;
import dev.latent.v1.GetDatasetRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a dataset. */
@Command(name = "describe", description = "Show one dataset.")
final class DatasetsDescribe extends ClientCommand {

    @Parameters(paramLabel = "DATASET", description = "Its name.")
    private String name = "";

    DatasetsDescribe(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        Dataset dataset = client.datasets()
                .getDataset(GetDatasetRequest.newBuilder().setName(name).build())
                .getDataset();
        show(() -> DatasetText.table(dataset), () -> DatasetText.json(dataset));
        return ExitCode.DONE;
    }
}
