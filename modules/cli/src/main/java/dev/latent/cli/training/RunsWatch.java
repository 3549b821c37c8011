package dev.latent.cli.training;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import dev.latent.v1.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a run. */
@Command(name = "watch", description = "Follow a run until it has ended, and print its version.")
final class RunsWatch extends ClientCommand {

    @Parameters(paramLabel = "RUN", description = "Id of the run.")
    private String id = "";

    @Option(names = "--log", description = "Show its log too.")
    private boolean showLog;

    RunsWatch(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) throws InterruptedException {
        Run ended = new RunFollower(client, terminal(), showLog).follow(id);
        RunOutcome.say(ended, terminal());
        showLine(ended.getVersion(), () -> RunText.json(ended));
        return RunOutcome.exitCode(ended);
    }
}
