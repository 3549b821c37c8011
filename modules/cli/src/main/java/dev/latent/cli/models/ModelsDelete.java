package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.Confirmation;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.v1.DeleteModelRequest;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a model. */
@Command(name = "delete", description = "Delete a model with all its versions.")
final class ModelsDelete extends ClientCommand {

    @Parameters(paramLabel = "MODEL", description = "Its name.")
    private String name = "";

    @Option(names = "--force", description = "Even while an alias points to one of its versions.")
    private boolean force;

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    ModelsDelete(CommandContext context) {
        super(context);
    }

    @Override
    protected Duration defaultTimeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException {
        confirmation.check(terminal(), "model '" + name + "' and all its versions", name);
        client.models()
                .deleteModel(DeleteModelRequest.newBuilder()
                        .setName(name)
                        .setForce(force)
                        .build());
        print("model/" + name + " deleted");
        return ExitCode.DONE;
    }
}
