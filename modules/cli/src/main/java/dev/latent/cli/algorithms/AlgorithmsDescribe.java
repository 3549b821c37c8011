package dev.latent.cli.algorithms;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Table;
import dev.latent.client.LatentClient;
import dev.latent.v1.Algorithm;
import dev.latent.v1.GetAlgorithmRequest;
import dev.latent.v1.Hyperparameter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows an algorithm. */
@Command(name = "describe", description = "Show what can be set for an algorithm.")
final class AlgorithmsDescribe extends ClientCommand {

    @Parameters(paramLabel = "ALGORITHM", description = "Its name.")
    private String name = "";

    AlgorithmsDescribe(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        Algorithm algorithm = client.algorithms()
                .getAlgorithm(GetAlgorithmRequest.newBuilder().setName(name).build())
                .getAlgorithm();
        if (!isJson()) {
            say(algorithm.getName() + " (plugin " + algorithm.getPlugin() + " " + algorithm.getPluginVersion() + "): "
                    + algorithm.getDescription());
        }
        show(() -> table(algorithm), () -> AlgorithmText.json(algorithm));
        return ExitCode.DONE;
    }

    private static Table table(Algorithm algorithm) {
        Table table = Table.of("HYPERPARAMETER", "TYPE", "DEFAULT", "ACCEPTED", "DESCRIPTION");
        for (Hyperparameter hyperparameter : algorithm.getHyperparametersList()) {
            table.row(
                    hyperparameter.getName(),
                    AlgorithmText.type(hyperparameter),
                    hyperparameter.getDefaultValue(),
                    AlgorithmText.accepted(hyperparameter),
                    hyperparameter.getDescription());
        }
        return table;
    }
}
