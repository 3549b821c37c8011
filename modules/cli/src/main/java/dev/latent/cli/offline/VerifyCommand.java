package dev.latent.cli.offline;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import dev.latent.client.LatentClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks everything stored. */
@Command(
        name = "verify",
        description = {
            "Check everything stored against its checksums; exit code 8 when something is damaged.",
            "A server checks its versions while it serves; --offline reads a home without a server, interactions too."
        },
        footer = {"", "Example: latent verify --offline --home ~/.latent"})
public final class VerifyCommand extends ClientCommand {

    @Option(names = "--offline", description = "Read the home itself, while no server runs on it.")
    private boolean offline;

    @Option(names = "--home", paramLabel = "DIR", description = "The home to read, with --offline.")
    private @Nullable Path home;

    /**
     * Makes the command.
     *
     * @param context the world around it
     */
    public VerifyCommand(CommandContext context) {
        super(context);
    }

    @Override
    protected Duration defaultTimeout() {
        return Duration.ofMinutes(10);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException {
        HomeReport report = offline ? offlineReport() : onlineReport(client);
        showLine(report.summary(), report::json);
        if (!isJson()) {
            report.problems().forEach(this::say);
            report.strays().forEach(stray -> say("stray, ignored: " + stray));
        }
        return report.exitCode();
    }

    private HomeReport offlineReport() throws IOException {
        if (home == null) {
            throw new CommandException(ExitCode.USAGE, "--offline needs --home DIR, the folder a server was given");
        }
        return new HomeCheck(home).run();
    }

    private HomeReport onlineReport(LatentClient client) {
        if (home != null) {
            throw new CommandException(
                    ExitCode.USAGE, "--home is for --offline; without it the server is asked, which knows its home");
        }
        return new ServerCheck(client).run();
    }
}
