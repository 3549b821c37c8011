package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.v1.CreateModelRequest;
import dev.latent.v1.FallbackPolicy;
import dev.latent.v1.Model;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a model. */
@Command(name = "create", description = "Create a model without training it.")
final class ModelsCreate extends ClientCommand {

    @Parameters(paramLabel = "MODEL", description = "Its name: [a-z][a-z0-9-]{0,62}.")
    private String name = "";

    @Option(names = "--dataset", paramLabel = "DATASET", required = true, description = "What it learns from.")
    private String dataset = "";

    @Option(names = "--algorithm", paramLabel = "NAME", required = true, description = "How its runs learn.")
    private String algorithm = "";

    @Option(names = "--set", paramLabel = "NAME=VALUE", arity = "1..*", description = "Hyperparameters of its runs.")
    private Map<String, String> hyperparameters = new LinkedHashMap<>();

    @Option(
            names = "--fallback",
            paramLabel = "popular|not-found",
            converter = ModelText.FallbackConverter.class,
            description = "How users without a usable history are answered (default: popular).")
    private FallbackPolicy fallback = FallbackPolicy.FALLBACK_POLICY_UNSPECIFIED;

    ModelsCreate(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        client.models()
                .createModel(CreateModelRequest.newBuilder()
                        .setModel(Model.newBuilder()
                                .setName(name)
                                .setDataset(dataset)
                                .setAlgorithm(algorithm)
                                .putAllHyperparameters(hyperparameters)
                                .setFallbackPolicy(fallback))
                        .build());
        print("model/" + name + " created");
        return ExitCode.DONE;
    }
}
