package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Json;
import dev.latent.client.LatentClient;
import dev.latent.v1.RollbackModelRequest;
import dev.latent.v1.RollbackModelResponse;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Points an alias back. */
@Command(name = "rollback", description = "Point an alias back to the version it pointed to before.")
final class RollbackCommand extends ClientCommand {

    @Parameters(paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Mixin
    private final MoveOptions move = new MoveOptions();

    RollbackCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected Duration defaultTimeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        RollbackModelRequest.Builder request = RollbackModelRequest.newBuilder()
                .setModel(model)
                .setAlias(move.alias())
                .setActor(move.actor())
                .setReason(move.reason());
        move.expectedGeneration().ifPresent(request::setExpectedGeneration);
        RollbackModelResponse response = client.models().rollbackModel(request.build());
        showLine(line(response), () -> json(response));
        return ExitCode.DONE;
    }

    private String line(RollbackModelResponse response) {
        return "model/" + model + " rolled back: " + response.getAlias().getName() + " is "
                + response.getAlias().getVersion() + " (generation "
                + response.getAlias().getGeneration() + ", before: " + response.getPreviousVersion() + ")";
    }

    private static Object json(RollbackModelResponse response) {
        return Json.object(
                "alias", ModelText.json(response.getAlias()), "previous_version", response.getPreviousVersion());
    }
}
