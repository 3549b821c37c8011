package dev.latent.cli.models;

import com.google.protobuf.FieldMask;
import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.v1.FallbackPolicy;
import dev.latent.v1.Model;
import dev.latent.v1.UpdateModelRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a model. */
@Command(
        name = "update",
        description = "Change what later runs train and how unknown users are answered; versions stay as they are.")
final class ModelsUpdate extends ClientCommand {

    @Parameters(paramLabel = "MODEL", description = "Its name.")
    private String name = "";

    @Option(names = "--algorithm", paramLabel = "NAME", description = "How later runs learn.")
    private @Nullable String algorithm;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            arity = "1..*",
            description = "All hyperparameters of later runs; those not named get the algorithm's defaults.")
    private @Nullable Map<String, String> hyperparameters;

    @Option(
            names = "--fallback",
            paramLabel = "popular|not-found",
            converter = ModelText.FallbackConverter.class,
            description = "How users without a usable history are answered.")
    private @Nullable FallbackPolicy fallback;

    ModelsUpdate(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        client.models().updateModel(request());
        print("model/" + name + " updated");
        return ExitCode.DONE;
    }

    private UpdateModelRequest request() {
        Model.Builder model = Model.newBuilder().setName(name);
        FieldMask.Builder mask = FieldMask.newBuilder();
        if (algorithm != null) {
            model.setAlgorithm(algorithm);
            mask.addPaths("algorithm");
        }
        if (hyperparameters != null) {
            model.putAllHyperparameters(hyperparameters);
            mask.addPaths("hyperparameters");
        }
        if (fallback != null) {
            model.setFallbackPolicy(fallback);
            mask.addPaths("fallback_policy");
        }
        if (mask.getPathsCount() == 0) {
            throw new CommandException(
                    ExitCode.USAGE, "Nothing to change, expected one of --algorithm, --set, --fallback");
        }
        return UpdateModelRequest.newBuilder()
                .setModel(model)
                .setUpdateMask(mask)
                .build();
    }
}
