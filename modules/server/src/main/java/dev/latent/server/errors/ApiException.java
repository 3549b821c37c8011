package dev.latent.server.errors;

import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.Status.Code;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How an endpoint refuses a call: a gRPC code, a reason for programs, a message for people that says what, which, actual,
 * expected and the next step, the values in that message by name, and the fields at fault.
 */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String reason;
    private final transient Map<String, String> metadata;
    private final transient List<FieldViolation> violations;

    private ApiException(
            Code code, String reason, String message, Map<String, String> metadata, List<FieldViolation> violations) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.metadata = metadata;
        this.violations = violations;
    }

    /**
     * Makes an error that no field is at fault for.
     *
     * @param code its gRPC code
     * @param reason {@code UPPER_SNAKE_CASE}, stable
     * @param message for people
     * @param metadata every value in the message, by name
     */
    public static ApiException of(Code code, String reason, String message, Map<String, String> metadata) {
        return new ApiException(code, reason, message, Map.copyOf(metadata), List.of());
    }

    /**
     * Makes the error of something that does not exist.
     *
     * @param kind such as {@code model}
     * @param name the one asked for
     * @param next what to do
     */
    public static ApiException notFound(String kind, String name, String next) {
        return of(
                Code.NOT_FOUND,
                kind.toUpperCase(Locale.ROOT).replace(' ', '_') + "_NOT_FOUND",
                "There is no " + kind + " '" + name + "'; " + next,
                Map.of("kind", kind, "name", name));
    }

    /**
     * Makes the error of malformed fields.
     *
     * @param violations at least one
     */
    public static ApiException invalid(List<FieldViolation> violations) {
        String message = violations.stream()
                .map(violation -> violation.getField() + " " + violation.getDescription())
                .collect(Collectors.joining("; "));
        return new ApiException(Code.INVALID_ARGUMENT, "INVALID_FIELDS", message, Map.of(), List.copyOf(violations));
    }

    /**
     * Makes the error of one malformed field.
     *
     * @param field its path
     * @param problem a phrase whose subject is the field
     */
    public static ApiException invalid(String field, String problem) {
        return invalid(List.of(FieldViolation.newBuilder()
                .setField(field)
                .setDescription(problem)
                .build()));
    }

    /** Its gRPC code. */
    public Code code() {
        return code;
    }

    /** Its reason, for programs. */
    public String reason() {
        return reason;
    }

    /** The values in its message, by name. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The fields at fault; none unless it is about fields. */
    public List<FieldViolation> violations() {
        return violations;
    }
}
