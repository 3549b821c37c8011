package dev.latent.cli.session;

import io.grpc.Status;

/** How a command ends, for scripts. The numbers are part of the interface and never change their meaning. */
public enum ExitCode {
    /** What was asked for is done. */
    DONE(0, "done"),
    /** Something failed that no other code names. */
    ERROR(1, "error"),
    /** The command line, a value in it, or what the server was asked for is malformed. */
    USAGE(2, "usage: malformed command line or argument"),
    /** The server does not know who asks, or does not let them. */
    NOT_AUTHORISED(4, "not authorised"),
    /** What was named does not exist. */
    NOT_FOUND(5, "not found"),
    /** It exists already, was changed meanwhile, or is not in a state for this. */
    CONFLICT(6, "conflict or failed precondition"),
    /** No server answers, it is overloaded, or the time is up. */
    UNAVAILABLE(7, "unavailable or timed out"),
    /** Stored data is damaged. */
    CORRUPTION(8, "corruption: stored data is damaged"),
    /** Ended by Ctrl-C; the JVM itself ends with this code. */
    INTERRUPTED(130, "interrupted");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /**
     * Returns what the shell sees.
     *
     * @return 0 to 255
     */
    public int number() {
        return number;
    }

    /**
     * Returns what it says, for the help.
     *
     * @return a phrase
     */
    public String meaning() {
        return meaning;
    }

    /**
     * Chooses the code for the outcome of a call.
     *
     * @param code from gRPC
     * @return how the command ends
     */
    public static ExitCode of(Status.Code code) {
        return switch (code) {
            case OK -> DONE;
            case INVALID_ARGUMENT, OUT_OF_RANGE -> USAGE;
            case UNAUTHENTICATED, PERMISSION_DENIED -> NOT_AUTHORISED;
            case NOT_FOUND -> NOT_FOUND;
            case ALREADY_EXISTS, ABORTED, FAILED_PRECONDITION -> CONFLICT;
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED -> UNAVAILABLE;
            case DATA_LOSS -> CORRUPTION;
            case CANCELLED, UNKNOWN, INTERNAL, UNIMPLEMENTED -> ERROR;
        };
    }
}
