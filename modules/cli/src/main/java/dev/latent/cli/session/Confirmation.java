package dev.latent.cli.session;

import dev.latent.cli.terminal.Printable;
import dev.latent.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** The option of commands that destroy something: a person is asked to type its name, a script says {@code --yes}. */
public final class Confirmation {

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /**
     * Goes on only when it is wanted.
     *
     * @param terminal where to ask
     * @param what is about to be destroyed
     * @param name to be typed
     * @throws CommandException otherwise
     * @throws IOException when the answer cannot be read
     */
    public void check(Terminal terminal, String what, String name) throws IOException {
        if (yes) {
            return;
        }
        if (!terminal.errIsTerminal()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "Deleting " + what + " cannot be undone and nobody can be asked; add --yes to do it");
        }
        terminal.err().print(Printable.of("Deleting " + what + " cannot be undone. Type '" + name + "' to do it: "));
        terminal.err().flush();
        String answer = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
        if (!name.equals(answer)) {
            throw new CommandException(ExitCode.ERROR, "Nothing was deleted: the answer was not '" + name + "'");
        }
    }
}
