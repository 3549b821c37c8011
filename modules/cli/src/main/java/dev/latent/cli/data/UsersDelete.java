package dev.latent.cli.data;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.Confirmation;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.v1.DeleteUserRequest;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Forgets a user. */
@Command(
        name = "delete",
        description = {
            "Remove a user, what is known of the user, and all their interactions from a dataset.",
            "Versions trained before keep the user's vector until they are deleted."
        })
final class UsersDelete extends ClientCommand {

    @Parameters(index = "0", paramLabel = "DATASET", description = "Name of the dataset.")
    private String dataset = "";

    @Parameters(index = "1", paramLabel = "USER", description = "Id of the user.")
    private String user = "";

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    UsersDelete(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException {
        confirmation.check(terminal(), "user '" + user + "' of dataset '" + dataset + "'", user);
        boolean deleted = client.interactions()
                .deleteUser(DeleteUserRequest.newBuilder()
                        .setDataset(dataset)
                        .setUserId(user)
                        .build())
                .getDeleted();
        print("user/" + user + (deleted ? " deleted" : " was not in dataset/" + dataset));
        return ExitCode.DONE;
    }
}
