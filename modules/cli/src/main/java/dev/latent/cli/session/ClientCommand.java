package dev.latent.cli.session;

import dev.latent.cli.terminal.Table;
import dev.latent.client.LatentClient;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** A command that talks to a server. */
public abstract class ClientCommand extends BaseCommand {

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    /**
     * Makes a command.
     *
     * @param context the world around it
     */
    protected ClientCommand(CommandContext context) {
        super(context);
    }

    @Override
    public final Integer call() throws Exception {
        String address = server.address(terminal());
        Duration timeout = server.timeout().orElse(defaultTimeout());
        try (LatentClient client = context().connector().apply(address, timeout)) {
            return run(client).number();
        } catch (StatusRuntimeException e) {
            throw new CallException(e, address, timeout);
        }
    }

    /**
     * Does what was asked for.
     *
     * @param client open until this returns
     * @return how it ended
     * @throws Exception whatever {@link ErrorReport} can tell
     */
    protected abstract ExitCode run(LatentClient client) throws Exception;

    /**
     * Returns how long a call of this command may take when nothing else is asked for.
     *
     * @return short, for calls that answer at once
     */
    protected Duration defaultTimeout() {
        return LatentClient.DEFAULT_TIMEOUT;
    }

    /**
     * Returns the server this command talks to.
     *
     * @return {@code host:port}
     */
    protected final String address() {
        return server.address(terminal());
    }

    /**
     * Returns how long a call may take, as asked for.
     *
     * @return empty when nothing was asked for
     */
    protected final Optional<Duration> givenTimeout() {
        return server.timeout();
    }

    /**
     * Prints data in the form asked for.
     *
     * @param table for people
     * @param json for programs, as for {@link dev.latent.cli.terminal.Json#write}
     */
    protected final void show(Supplier<Table> table, Supplier<Object> json) {
        output.print(terminal(), table, json);
    }

    /**
     * Prints one word for people, or an object for programs.
     *
     * @param line for people; nothing is printed when it is empty
     * @param json for programs
     */
    protected final void showLine(String line, Supplier<Object> json) {
        if (isJson()) {
            show(Table::of, json);
        } else if (!line.isEmpty()) {
            print(line);
        }
    }

    /**
     * Returns whether a program reads the output.
     *
     * @return as asked for
     */
    protected final boolean isJson() {
        return output.isJson();
    }
}
