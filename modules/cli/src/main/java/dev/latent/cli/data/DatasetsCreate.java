package dev.latent.cli.data;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.v1.CreateDatasetRequest;
import dev.latent.v1.Dataset;
import dev.latent.v1.RepeatPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a dataset. */
@Command(name = "create", description = "Create an empty dataset.")
final class DatasetsCreate extends ClientCommand {

    @Parameters(paramLabel = "DATASET", description = "Its name: [a-z][a-z0-9-]{0,62}.")
    private String name = "";

    @Option(
            names = "--policy",
            paramLabel = "last|sum|max",
            converter = DatasetText.PolicyConverter.class,
            description = "How repeats of user, item and type count (default: last).")
    private RepeatPolicy policy = RepeatPolicy.REPEAT_POLICY_LAST;

    DatasetsCreate(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        client.datasets()
                .createDataset(CreateDatasetRequest.newBuilder()
                        .setDataset(Dataset.newBuilder().setName(name).setRepeatPolicy(policy))
                        .build());
        print("dataset/" + name + " created");
        return ExitCode.DONE;
    }
}
