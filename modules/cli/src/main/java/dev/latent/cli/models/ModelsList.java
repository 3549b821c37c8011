package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.session.Pages;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.ListModelsRequest;
import dev.latent.v1.ListModelsResponse;
import dev.latent.v1.Model;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists models. */
@Command(name = "list", description = "List models and where their aliases point.")
final class ModelsList extends ClientCommand {

    ModelsList(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        List<Model> models = Pages.all(
                token -> client.models()
                        .listModels(ListModelsRequest.newBuilder()
                                .setPageSize(Pages.SIZE)
                                .setPageToken(token)
                                .build()),
                ListModelsResponse::getModelsList,
                ListModelsResponse::getNextPageToken);
        show(() -> table(models), () -> models.stream().map(ModelText::json).toList());
        return ExitCode.DONE;
    }

    private Table table(List<Model> models) {
        Table table = Table.of("NAME", "DATASET", "ALGORITHM", "ALIASES", ">AGE");
        for (Model model : models) {
            table.row(
                    model.getName(),
                    model.getDataset(),
                    model.getAlgorithm(),
                    ModelText.aliases(model.getAliasesList()),
                    Words.age(model.getCreateTime(), context().clock().instant()));
        }
        return table;
    }
}
