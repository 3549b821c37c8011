package dev.latent.cli.data;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.Confirmation;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.v1.DeleteDatasetRequest;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes a dataset. */
@Command(name = "delete", description = "Delete a dataset with all that is in it.")
final class DatasetsDelete extends ClientCommand {

    @Parameters(paramLabel = "DATASET", description = "Its name.")
    private String name = "";

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    DatasetsDelete(CommandContext context) {
        super(context);
    }

    @Override
    protected Duration defaultTimeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException {
        confirmation.check(terminal(), "dataset '" + name + "' and all its interactions", name);
        client.datasets()
                .deleteDataset(DeleteDatasetRequest.newBuilder().setName(name).build());
        print("dataset/" + name + " deleted");
        return ExitCode.DONE;
    }
}
