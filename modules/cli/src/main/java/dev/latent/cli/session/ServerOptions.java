package dev.latent.cli.session;

import dev.latent.cli.terminal.Terminal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that talk to a server: a flag goes before the environment, that before the default. */
final class ServerOptions {

    static final String DEFAULT_ADDRESS = "localhost:8980";
    static final String VARIABLE = "LATENT_SERVER";

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            order = 892,
            description = "The server (default: $LATENT_SERVER, or " + DEFAULT_ADDRESS + ").")
    private @Nullable String address;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            order = 893,
            converter = TimeConverter.class,
            description = "How long a call may take, such as 500ms, 10s or 5m.")
    private @Nullable Duration timeout;

    String address(Terminal terminal) {
        if (address != null && !address.isBlank()) {
            return address;
        }
        String variable = terminal.environment().getOrDefault(VARIABLE, "");
        return variable.isBlank() ? DEFAULT_ADDRESS : variable;
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }
}
