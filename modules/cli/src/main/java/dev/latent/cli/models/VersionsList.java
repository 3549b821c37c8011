package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.session.Pages;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.ListModelVersionsRequest;
import dev.latent.v1.ListModelVersionsResponse;
import dev.latent.v1.ModelVersion;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists versions. */
@Command(name = "list", description = "List the versions of a model, newest first.")
final class VersionsList extends ClientCommand {

    @Parameters(paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    VersionsList(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        List<ModelVersion> versions = Pages.all(
                token -> client.models()
                        .listModelVersions(ListModelVersionsRequest.newBuilder()
                                .setModel(model)
                                .setPageSize(Pages.SIZE)
                                .setPageToken(token)
                                .build()),
                ListModelVersionsResponse::getVersionsList,
                ListModelVersionsResponse::getNextPageToken);
        show(
                () -> table(versions),
                () -> versions.stream().map(ModelText::shortJson).toList());
        return ExitCode.DONE;
    }

    private Table table(List<ModelVersion> versions) {
        Table table =
                Table.of("VERSION", "STATE", "ALIASES", "ALGORITHM", "MEASURE", ">USERS", ">ITEMS", ">SIZE", ">AGE");
        for (ModelVersion version : versions) {
            table.row(
                    version.getName(),
                    ModelText.state(version),
                    String.join(",", version.getAliasesList()),
                    version.getAlgorithm(),
                    ModelText.headline(version),
                    Words.count(version.getUserCount()),
                    Words.count(version.getItemCount()),
                    Words.size(version.getSizeBytes()),
                    Words.age(version.getCreateTime(), context().clock().instant()));
        }
        return table;
    }
}
