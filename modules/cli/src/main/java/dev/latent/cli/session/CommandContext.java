package dev.latent.cli.session;

import dev.latent.cli.terminal.Terminal;
import dev.latent.client.LatentClient;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * The world around a command.
 *
 * @param terminal where it reads and writes
 * @param clock tells the age of things
 * @param connector opens a client to a {@code host:port} with a time limit on each call
 */
public record CommandContext(Terminal terminal, Clock clock, BiFunction<String, Duration, LatentClient> connector) {

    /**
     * The real world.
     *
     * @return the process's streams, the system's clock, unencrypted connections
     */
    public static CommandContext system() {
        return new CommandContext(Terminal.system(), Clock.systemUTC(), LatentClient::connect);
    }
}
