package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Json;
import dev.latent.client.LatentClient;
import dev.latent.v1.Alias;
import dev.latent.v1.PromoteModelVersionRequest;
import dev.latent.v1.PromoteModelVersionResponse;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Points an alias to a version. */
@Command(
        name = "promote",
        description = {
            "Point an alias to a version, so that it answers requests.",
            "The version is opened, checked and warmed first; until then, and when that fails, the one before serves on."
        },
        footer = {"", "Example: latent promote movies 7"})
final class PromoteCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "Such as 7 or movies@7.")
    private String version = "";

    @Mixin
    private final MoveOptions move = new MoveOptions();

    PromoteCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected Duration defaultTimeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        PromoteModelVersionRequest.Builder request = PromoteModelVersionRequest.newBuilder()
                .setName(VersionNames.of(model, version))
                .setAlias(move.alias())
                .setActor(move.actor())
                .setReason(move.reason());
        move.expectedGeneration().ifPresent(request::setExpectedGeneration);
        PromoteModelVersionResponse response = client.models().promoteModelVersion(request.build());
        showLine(line(response.getAlias(), response.getPreviousVersion()), () -> json(response));
        return ExitCode.DONE;
    }

    private String line(Alias alias, String previous) {
        return "model/" + model + " promoted: " + alias.getName() + " is " + alias.getVersion() + " (generation "
                + alias.getGeneration() + (previous.isEmpty() ? "" : ", before: " + previous) + ")";
    }

    private static Object json(PromoteModelVersionResponse response) {
        return Json.object(
                "alias", ModelText.json(response.getAlias()), "previous_version", response.getPreviousVersion());
    }
}
