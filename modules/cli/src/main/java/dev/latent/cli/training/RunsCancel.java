package dev.latent.cli.training;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.v1.CancelRunRequest;
import dev.latent.v1.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Cancels a run. */
@Command(name = "cancel", description = "End a run; nothing of it is published.")
final class RunsCancel extends ClientCommand {

    @Parameters(paramLabel = "RUN", description = "Id of the run.")
    private String id = "";

    RunsCancel(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        Run run = client.training()
                .cancelRun(CancelRunRequest.newBuilder().setId(id).build())
                .getRun();
        showLine("run/" + run.getId() + " cancelled", () -> RunText.json(run));
        return ExitCode.DONE;
    }
}
