package dev.latent.cli.terminal;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command reads and writes: data to {@link #out}, messages to {@link #err}. Text is UTF-8 whatever the locale.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param outIsTerminal whether a person watches {@code out}
 * @param errIsTerminal whether a person watches {@code err}
 * @param columns width of the terminal
 * @param environment variables by name
 */
public record Terminal(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int columns,
        Map<String, String> environment) {

    private static final int DEFAULT_COLUMNS = 100;

    /** Copies the environment. */
    public Terminal {
        environment = Map.copyOf(environment);
    }

    /**
     * The process's own streams. The launcher says which of them are terminals, by system properties: the JDK can tell
     * only of both at once.
     *
     * @return writing UTF-8
     */
    public static Terminal system() {
        return new Terminal(
                System.in,
                writer(System.out),
                writer(System.err),
                Boolean.getBoolean("latent.out.terminal"),
                Boolean.getBoolean("latent.err.terminal"),
                Math.max(40, Integer.getInteger("latent.columns", DEFAULT_COLUMNS)),
                System.getenv());
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /**
     * Returns whether colours are wanted on a stream that a person watches.
     *
     * @return false when NO_COLOR is set or the terminal is a dumb one
     */
    public boolean colorsAllowed() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }
}
