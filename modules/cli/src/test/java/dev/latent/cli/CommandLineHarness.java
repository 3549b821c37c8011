package dev.latent.cli;

import dev.latent.cli.session.CommandContext;
import dev.latent.cli.terminal.Terminal;
import dev.latent.client.LatentClient;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Runs commands in this process against services in this process. */
public final class CommandLineHarness implements AutoCloseable {

    /** What time it is for commands. */
    public static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    private final String name = InProcessServerBuilder.generateName();
    private final Server server;
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";
    private boolean errIsTerminal;
    private boolean outIsTerminal;
    private String lastTarget = "";
    private Duration lastTimeout = Duration.ZERO;

    public CommandLineHarness(BindableService... services) {
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name);
        for (BindableService service : services) {
            builder.addService(service);
        }
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a command left. */
    public record Result(int exitCode, String out, String err) {}

    public CommandLineHarness withInput(String text) {
        input = text;
        return this;
    }

    public CommandLineHarness withVariable(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public CommandLineHarness onTerminal() {
        errIsTerminal = true;
        outIsTerminal = true;
        return this;
    }

    public String lastTarget() {
        return lastTarget;
    }

    public Duration lastTimeout() {
        return lastTimeout;
    }

    public Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                outIsTerminal,
                errIsTerminal,
                100,
                environment);
        int exitCode = LatentCommand.run(
                new CommandContext(terminal, Clock.fixed(NOW, ZoneOffset.UTC), this::connect), arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private LatentClient connect(String target, Duration timeout) {
        lastTarget = target;
        lastTimeout = timeout;
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        return LatentClient.of(channel, timeout);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
