package dev.latent.cli;

import dev.latent.cli.session.BaseCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells how a server is started. The launcher starts the server itself, with JVM flags of its own; this command is only
 * there for the help.
 */
@Command(
        name = "serve",
        description = {
            "Run a server until it is told to stop (SIGTERM or Ctrl-C).",
            "Prints one line, 'ready grpc=HOST:PORT http=HOST:PORT', on standard output when it is ready."
        },
        footer = {
            "",
            "Settings: etc/latent.yaml, then environment variables, then these options; see the comments in that file.",
            "LATENT_JAVA_OPTS is given to the server's JVM.",
            "Example: latent serve --home ~/.latent"
        })
@SuppressWarnings("UnusedVariable") // the options are there for the help
final class ServeCommand extends BaseCommand {

    @Option(names = "--home", paramLabel = "DIR", description = "Where everything is kept (default: ~/.latent).")
    private @Nullable Path home;

    @Option(names = "--grpc-port", paramLabel = "N", description = "Port for gRPC; 0 picks a free one (default: 8980).")
    private @Nullable Integer grpcPort;

    @Option(
            names = "--http-port",
            paramLabel = "N",
            description = "Port for metrics and health; 0 picks a free one (default: 8981).")
    private @Nullable Integer httpPort;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings (default: etc/latent.yaml of the home).")
    private @Nullable Path config;

    ServeCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        throw new CommandException(
                ExitCode.ERROR, "A server is started by the launcher, with flags of its own: run bin/latent serve");
    }
}
