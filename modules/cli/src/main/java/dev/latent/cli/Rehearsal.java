package dev.latent.cli;

import dev.latent.cli.session.CommandContext;
import dev.latent.cli.terminal.Terminal;
import dev.latent.client.LatentClient;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Runs the usual commands once in one process against a server that is there for it, so that the JVM can record what a
 * command loads: {@code latent prepare} makes AOT caches of that.
 */
final class Rehearsal {

    private static final List<String> COMMANDS = List.of(
            "--help",
            "status",
            "sample FOLDER",
            "import rehearsal FOLDER",
            "import rehearsal FOLDER -o json",
            "datasets",
            "plugins list",
            "plugins list -o json",
            "algorithms describe wals",
            "train rehearsal --dataset rehearsal --algorithm wals --set factors=8 iterations=2",
            "runs",
            "versions list rehearsal",
            "versions list rehearsal -o json",
            "versions describe rehearsal@1",
            "promote rehearsal 1",
            "models",
            "recommend rehearsal 1",
            "recommend rehearsal 1 -o json",
            "similar rehearsal 1",
            "score rehearsal 1 1 2",
            "interactions write rehearsal new,1,5 new,2,4",
            "interactions read rehearsal new --top 5",
            "recommend rehearsal new",
            "ledger rehearsal",
            "bench rehearsal 1 2 3 --requests 2000 --warm-up 0 --concurrency 2");

    private Rehearsal() {}

    /**
     * Runs the commands; ends with the exit code of the first that fails.
     *
     * @param arguments the server's address, and a folder that may be written
     */
    public static void main(String[] arguments) {
        CommandContext context = new CommandContext(
                new Terminal(
                        InputStream.nullInputStream(),
                        new PrintWriter(Writer.nullWriter()),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        100,
                        Map.of("LATENT_SERVER", arguments[0])),
                Clock.systemUTC(),
                LatentClient::connect);
        for (String command : COMMANDS) {
            int exitCode = LatentCommand.run(
                    context, command.replace("FOLDER", arguments[1]).split(" "));
            if (exitCode != 0) {
                System.exit(exitCode);
            }
        }
    }
}
