package dev.latent.cli.session;

import dev.latent.cli.terminal.Printable;
import dev.latent.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command has: help, traces on demand, and the world around it. */
@Command(synopsisHeading = "Usage: ", optionListHeading = "%nOptions:%n", sortOptions = false, usageHelpWidth = 100)
public abstract class BaseCommand implements Callable<Integer> {

    private final CommandContext context;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 900,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // its presence is what picocli looks for
    private boolean help;

    @Option(names = "--debug", order = 901, description = "Show the stack trace of an error.")
    private boolean debug;

    /**
     * Makes a command.
     *
     * @param context the world around it
     */
    protected BaseCommand(CommandContext context) {
        this.context = context;
    }

    /** Does what was asked for. */
    @Override
    public abstract Integer call() throws Exception;

    /**
     * Returns the world around this command.
     *
     * @return as given
     */
    protected final CommandContext context() {
        return context;
    }

    /**
     * Returns where this command reads and writes.
     *
     * @return as given
     */
    protected final Terminal terminal() {
        return context.terminal();
    }

    /**
     * Writes a line of data.
     *
     * @param text made harmless
     */
    protected final void print(String text) {
        terminal().out().println(Printable.of(text));
    }

    /**
     * Writes a line for the person, not for a program.
     *
     * @param text made harmless
     */
    protected final void say(String text) {
        terminal().err().println(Printable.of(text));
    }

    /**
     * Returns whether errors come with their stack traces.
     *
     * @return as asked for
     */
    final boolean debug() {
        return debug;
    }
}
