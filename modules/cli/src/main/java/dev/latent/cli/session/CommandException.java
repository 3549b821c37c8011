package dev.latent.cli.session;

/** Ends a command with an exit code and a message that says what, which, actual, expected and the next step. */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * Makes an end.
     *
     * @param exitCode what the shell sees
     * @param message what the person sees
     */
    public CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * Makes an end that has a cause.
     *
     * @param exitCode what the shell sees
     * @param message what the person sees
     * @param cause shown with {@code --debug}
     */
    public CommandException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /**
     * Returns what the shell sees.
     *
     * @return never {@link ExitCode#DONE}
     */
    public ExitCode exitCode() {
        return exitCode;
    }
}
