package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.Confirmation;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.v1.DeleteModelVersionRequest;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes a version. */
@Command(name = "delete", description = "Delete a version that no alias points to.")
final class VersionsDelete extends ClientCommand {

    @Mixin
    private final VersionParameters version = new VersionParameters();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    VersionsDelete(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException {
        String name = version.name();
        confirmation.check(terminal(), "version '" + name + "'", name);
        client.models()
                .deleteModelVersion(
                        DeleteModelVersionRequest.newBuilder().setName(name).build());
        print("version/" + name + " deleted");
        return ExitCode.DONE;
    }
}
