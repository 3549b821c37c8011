package dev.latent.cli.session;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.latent.cli.terminal.Printable;
import dev.latent.cli.terminal.Words;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what ended a command into a message and an exit code; the one place where both are chosen. Stack traces only with
 * {@code --debug}.
 */
public final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final PrintWriter err;

    /**
     * Makes a report.
     *
     * @param err where messages go
     */
    public ErrorReport(PrintWriter err) {
        this.err = err;
    }

    @Override
    public int handleExecutionException(Exception cause, CommandLine command, ParseResult result) {
        print(cause);
        if (command.getCommand() instanceof BaseCommand base && base.debug()) {
            cause.printStackTrace(err);
        }
        return exitCodeOf(cause).number();
    }

    @Override
    public int handleParseException(ParameterException cause, String[] arguments) {
        CommandLine command = cause.getCommandLine();
        err.println("error: " + Printable.of(firstLine(described(cause))));
        if (cause instanceof UnmatchedArgumentException unmatched) {
            UnmatchedArgumentException.printSuggestions(unmatched, err);
        }
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.number();
    }

    private void print(Exception cause) {
        List<String> lines = messageOf(cause);
        err.println("error: " + Printable.of(lines.getFirst()));
        lines.stream().skip(1).forEach(line -> err.println("  " + Printable.of(line)));
    }

    private static ExitCode exitCodeOf(Throwable cause) {
        return switch (cause) {
            case CommandException e -> e.exitCode();
            case CallException e -> ExitCode.of(e.failure().getStatus().getCode());
            case StatusRuntimeException e -> ExitCode.of(e.getStatus().getCode());
            case NoSuchFileException _ -> ExitCode.USAGE;
            case UncheckedIOException e -> exitCodeOf(Objects.requireNonNull(e.getCause()));
            default -> ExitCode.ERROR;
        };
    }

    private static List<String> messageOf(Throwable cause) {
        return switch (cause) {
            case CallException e -> ofCall(e);
            case StatusRuntimeException e -> withViolations(e, textOf(e));
            case NoSuchFileException e -> List.of("File " + e.getFile() + " does not exist; check the path");
            case AccessDeniedException e ->
                List.of("File " + e.getFile() + " may not be opened by this user; check its permissions");
            case UncheckedIOException e -> messageOf(Objects.requireNonNull(e.getCause()));
            case IOException e -> List.of(described(e) + "; check the disk and the path, --debug shows more");
            case CommandException e -> List.of(described(e));
            default -> List.of("This command failed unforeseen: " + cause + "; --debug shows where");
        };
    }

    private static String described(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static List<String> ofCall(CallException call) {
        StatusRuntimeException failure = call.failure();
        String server = "The server at " + call.address();
        return switch (failure.getStatus().getCode()) {
            case UNAVAILABLE -> isFromNetwork(failure) ? noServer(call) : List.of(textOf(failure));
            case DEADLINE_EXCEEDED ->
                List.of(server + " did not answer within " + Words.span(call.timeout())
                        + "; look at 'latent status', or allow more with --timeout");
            case UNIMPLEMENTED ->
                List.of(server + " does not know this call: " + textOf(failure)
                        + "; it is not Latent, or older than this command");
            default -> withViolations(failure, textOf(failure));
        };
    }

    private static List<String> noServer(CallException call) {
        return List.of("The server at " + call.address() + " is not available: " + reason(call.failure())
                + "; start one with 'latent serve --home DIR', or name another by --server HOST:PORT or "
                + ServerOptions.VARIABLE);
    }

    /** Whether no server said so: servers of Latent explain every error. */
    private static boolean isFromNetwork(StatusRuntimeException failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        return status == null || status.getDetailsCount() == 0;
    }

    private static String reason(StatusRuntimeException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = failure.getCause() == null ? textOf(failure) : described(root);
        return firstLine(text);
    }

    private static String textOf(StatusRuntimeException failure) {
        Status status = failure.getStatus();
        String description = status.getDescription();
        return description == null || description.isBlank()
                ? "The call failed with " + status.getCode() + " and no explanation; the server's log may say more"
                : description;
    }

    private static List<String> withViolations(StatusRuntimeException failure, String message) {
        List<String> lines = new ArrayList<>(List.of(message));
        for (FieldViolation violation : violationsOf(failure)) {
            if (!message.contains(violation.getDescription())) {
                lines.add(violation.getField() + ": " + violation.getDescription());
            }
        }
        return lines;
    }

    private static List<FieldViolation> violationsOf(StatusRuntimeException failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return List.of();
        }
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(BadRequest.class))
                .flatMap(detail -> unpack(detail).getFieldViolationsList().stream())
                .toList();
    }

    private static BadRequest unpack(Any detail) {
        try {
            return detail.unpack(BadRequest.class);
        } catch (InvalidProtocolBufferException e) {
            return BadRequest.newBuilder()
                    .addFieldViolations(FieldViolation.newBuilder()
                            .setField("details")
                            .setDescription("cannot be read: " + e.getMessage()))
                    .build();
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
