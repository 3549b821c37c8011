package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.Alias;
import dev.latent.v1.GetModelRequest;
import dev.latent.v1.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a model. */
@Command(name = "describe", description = "Show one model with its aliases.")
final class ModelsDescribe extends ClientCommand {

    @Parameters(paramLabel = "MODEL", description = "Its name.")
    private String name = "";

    ModelsDescribe(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        Model model = client.models()
                .getModel(GetModelRequest.newBuilder().setName(name).build())
                .getModel();
        show(() -> table(model), () -> ModelText.json(model));
        return ExitCode.DONE;
    }

    private static Table table(Model model) {
        Table table = Table.of("FIELD", "VALUE")
                .row("name", model.getName())
                .row("dataset", model.getDataset())
                .row("algorithm", model.getAlgorithm())
                .row("hyperparameters", Words.pairs(model.getHyperparametersMap()))
                .row("unknown users get", ModelText.fallbackPolicy(model))
                .row("created", Words.time(model.getCreateTime()));
        for (Alias alias : model.getAliasesList()) {
            String reason = alias.getStateReason().isEmpty() ? "" : ": " + alias.getStateReason();
            table.row(
                    "alias " + alias.getName(),
                    alias.getVersion() + " (generation " + alias.getGeneration() + ", " + ModelText.state(alias)
                            + reason + ")");
        }
        return table;
    }
}
