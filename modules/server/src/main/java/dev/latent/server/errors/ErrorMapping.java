package dev.latent.server.errors;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.latent.interactions.CorruptInteractionsException;
import dev.latent.interactions.DatasetExistsException;
import dev.latent.interactions.DatasetNotFoundException;
import dev.latent.interactions.InteractionStoreException;
import dev.latent.interactions.InteractionsException;
import dev.latent.interactions.InvalidValueException;
import dev.latent.models.AlreadyExistsException;
import dev.latent.models.ConflictException;
import dev.latent.models.CorruptException;
import dev.latent.models.IncompatibleException;
import dev.latent.models.InvalidNameException;
import dev.latent.models.ModelStoreException;
import dev.latent.models.NotFoundException;
import dev.latent.models.PreconditionException;
import dev.latent.plugins.AlgorithmNotFoundException;
import dev.latent.plugins.PluginException;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.storage.StoredFileException;
import dev.latent.training.NotEnoughMemoryException;
import dev.latent.training.RequestIdReusedException;
import dev.latent.training.RunEndedException;
import dev.latent.training.RunEstimate;
import dev.latent.training.RunNotFoundException;
import dev.latent.training.TooManyRunsException;
import dev.latent.training.WarmStartException;
import dev.latent.training.evaluations.EvaluationFailedException;
import dev.latent.training.tunings.TuningNotFoundException;
import dev.latent.training.tunings.TuningStateException;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every exception into a {@code google.rpc.Status} with an {@link ErrorInfo} and, where fields are at fault, a
 * {@link BadRequest}. The one place where codes are chosen.
 *
 * <p>Something unforeseen becomes INTERNAL with an incident number; its stack trace goes to the log under that number and
 * never to the caller. Thread-safe.
 */
public final class ErrorMapping {

    /** The domain of all reasons. */
    public static final String DOMAIN = "latent.dev";

    // A client refuses more than 8 KiB of headers: together these stay below.
    private static final int MAX_MESSAGE = 2_000;
    private static final int MAX_VIOLATIONS = 10;
    private static final int MAX_DESCRIPTION = 200;
    private static final int MAX_VALUE = 100;
    private static final int MAX_HEADER_BYTES_OF_CHARACTER = 9;

    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapping.class);

    private ErrorMapping() {}

    /**
     * Maps an exception.
     *
     * @param cause what ended a call
     * @return its status with details
     */
    public static Status statusOf(Throwable cause) {
        return switch (cause) {
            case ApiException e -> status(e.code(), e.reason(), e.getMessage(), e.metadata(), e.violations());
            case StatusRuntimeException e -> given(e, e.getStatus());
            case StatusException e -> given(e, e.getStatus());
            case InvalidHyperparametersException e -> invalidHyperparameters(e);
            case InteractionsException e -> ofInteractions(e);
            case ModelStoreException e -> ofModels(e);
            case AlgorithmNotFoundException e -> status(Code.NOT_FOUND, "ALGORITHM_NOT_FOUND", e.getMessage());
            case PluginException e ->
                status(
                        Code.FAILED_PRECONDITION,
                        "PLUGIN_FAILED",
                        e.getMessage(),
                        Map.of("plugin", e.plugin(), "plugin_version", e.version()),
                        List.of());
            case RunNotFoundException e -> status(Code.NOT_FOUND, "RUN_NOT_FOUND", e.getMessage());
            case TuningNotFoundException e -> status(Code.NOT_FOUND, "TUNING_NOT_FOUND", e.getMessage());
            case TuningStateException e -> status(Code.FAILED_PRECONDITION, "TUNING_STATE", e.getMessage());
            case RunEndedException e -> status(Code.FAILED_PRECONDITION, "RUN_ENDED", e.getMessage());
            case RequestIdReusedException e -> invalid("request_id", String.valueOf(e.getMessage()));
            case EvaluationFailedException e -> ofEvaluation(e);
            case TooManyRunsException e -> status(Code.RESOURCE_EXHAUSTED, "TOO_MANY_RUNS", e.getMessage());
            case NotEnoughMemoryException e ->
                status(Code.FAILED_PRECONDITION, "NOT_ENOUGH_MEMORY", e.getMessage(), figures(e.estimate()), List.of());
            case WarmStartException e ->
                status(
                        Code.FAILED_PRECONDITION,
                        "WARM_START_NOT_POSSIBLE",
                        e.getMessage(),
                        Map.of("version", e.version()),
                        List.of());
            case StoredFileException e -> status(Code.DATA_LOSS, "FILE_DAMAGED", e.getMessage());
            default -> unforeseen(cause);
        };
    }

    private static Map<String, String> figures(RunEstimate estimate) {
        return Map.of(
                "snapshot_bytes", Long.toString(estimate.snapshotBytes()),
                "heap_bytes", Long.toString(estimate.heapBytes()),
                "native_bytes", Long.toString(estimate.nativeBytes()),
                "total_bytes", Long.toString(estimate.totalBytes()),
                "heap_limit_bytes", Long.toString(estimate.capacity().heapBytes()),
                "memory_limit_bytes", Long.toString(estimate.capacity().totalBytes()));
    }

    private static Status ofEvaluation(EvaluationFailedException cause) {
        return switch (cause.reason()) {
            case REQUEST -> status(Code.INVALID_ARGUMENT, "EVALUATION_REFUSED", cause.getMessage());
            case STATE -> status(Code.FAILED_PRECONDITION, "NOT_MEASURABLE", cause.getMessage());
            case BUSY -> status(Code.RESOURCE_EXHAUSTED, "TOO_MANY_EVALUATIONS", cause.getMessage());
            case CANCELLED -> status(Code.UNAVAILABLE, "EVALUATION_CANCELLED", cause.getMessage());
            case FAILED -> status(Code.INTERNAL, "EVALUATION_FAILED", cause.getMessage());
        };
    }

    private static Status ofInteractions(InteractionsException cause) {
        return switch (cause) {
            case InvalidValueException e ->
                status(
                        Code.INVALID_ARGUMENT,
                        "INVALID_FIELDS",
                        e.getMessage(),
                        Map.of(),
                        List.of(violation(e.field(), e.reason())));
            case DatasetNotFoundException e ->
                status(Code.NOT_FOUND, "DATASET_NOT_FOUND", e.getMessage(), Map.of("dataset", e.dataset()), List.of());
            case DatasetExistsException e -> status(Code.ALREADY_EXISTS, "DATASET_EXISTS", e.getMessage());
            case CorruptInteractionsException e -> status(Code.DATA_LOSS, "INTERACTIONS_DAMAGED", e.getMessage());
            case InteractionStoreException e -> status(Code.UNAVAILABLE, "INTERACTION_STORE_FAILED", e.getMessage());
        };
    }

    private static Status ofModels(ModelStoreException cause) {
        return switch (cause) {
            case NotFoundException e ->
                status(
                        Code.NOT_FOUND,
                        e.kind().toUpperCase(Locale.ROOT).replace(' ', '_') + "_NOT_FOUND",
                        e.getMessage(),
                        Map.of("kind", e.kind(), "name", e.name()),
                        List.of());
            case AlreadyExistsException e -> status(Code.ALREADY_EXISTS, "MODEL_EXISTS", e.getMessage());
            case ConflictException e ->
                status(
                        Code.ABORTED,
                        "GENERATION_MISMATCH",
                        e.getMessage(),
                        Map.of("expected", Long.toString(e.expected()), "actual", Long.toString(e.actual())),
                        List.of());
            case CorruptException e -> status(Code.DATA_LOSS, "VERSION_DAMAGED", e.getMessage());
            case IncompatibleException e -> status(Code.FAILED_PRECONDITION, "FORMAT_NOT_READABLE", e.getMessage());
            case InvalidNameException e -> invalid(e.field(), "is '" + e.value() + "', expected " + e.rule());
            case PreconditionException e -> status(Code.FAILED_PRECONDITION, "MODEL_PRECONDITION", e.getMessage());
            default -> unforeseen(cause);
        };
    }

    private static Status invalidHyperparameters(InvalidHyperparametersException cause) {
        List<FieldViolation> violations = cause.violations().stream()
                .map(violation -> violation("hyperparameters[" + violation.name() + "]", violation.problem()))
                .toList();
        return status(Code.INVALID_ARGUMENT, "INVALID_HYPERPARAMETERS", cause.getMessage(), Map.of(), violations);
    }

    private static Status given(Exception cause, io.grpc.Status given) {
        Status details = StatusProto.fromThrowable(cause);
        return details != null && details.getDetailsCount() > 0
                ? details
                : status(
                        given.getCode(),
                        given.getCode().name(),
                        given.getDescription() == null ? given.getCode().name() : given.getDescription());
    }

    private static Status unforeseen(Throwable cause) {
        String incident = UUID.randomUUID().toString();
        LOG.error("Call failed unforeseen, incident {}", incident, cause);
        return status(
                Code.INTERNAL,
                "INTERNAL",
                "The server failed on this call; its log has the cause under incident " + incident,
                Map.of("incident", incident),
                List.of());
    }

    private static Status invalid(String field, String problem) {
        return status(
                Code.INVALID_ARGUMENT,
                "INVALID_FIELDS",
                field + " " + problem,
                Map.of(),
                List.of(violation(field, problem)));
    }

    private static FieldViolation violation(String field, String problem) {
        return FieldViolation.newBuilder()
                .setField(field)
                .setDescription(problem)
                .build();
    }

    private static Status status(Code code, String reason, @Nullable String message) {
        return status(code, reason, message, Map.of(), List.of());
    }

    private static Status status(
            Code code,
            String reason,
            @Nullable String message,
            Map<String, String> metadata,
            List<FieldViolation> violations) {
        ErrorInfo.Builder info = ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN);
        metadata.forEach((name, value) -> info.putMetadata(name, shortened(value, MAX_VALUE)));
        Status.Builder status = Status.newBuilder()
                .setCode(code.value())
                .setMessage(shortened(message == null ? reason : message, MAX_MESSAGE))
                .addDetails(Any.pack(info.build()));
        if (!violations.isEmpty()) {
            BadRequest.Builder request = BadRequest.newBuilder();
            violations.stream()
                    .limit(MAX_VIOLATIONS)
                    .forEach(violation -> request.addFieldViolations(shown(violation)));
            status.addDetails(Any.pack(request.build()));
        }
        return status.build();
    }

    private static FieldViolation shown(FieldViolation violation) {
        return violation(
                shortened(violation.getField(), MAX_VALUE), shortened(violation.getDescription(), MAX_DESCRIPTION));
    }

    /** Cuts a text so that it takes at most so many bytes as a header, where other than ASCII takes up to nine each. */
    private static String shortened(String text, int most) {
        int bytes = 0;
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            bytes += c >= ' ' && c < 0x7f && c != '%' ? 1 : MAX_HEADER_BYTES_OF_CHARACTER;
            if (bytes > most) {
                boolean splitsPair = index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
                return text.substring(0, splitsPair ? index - 1 : index) + "…";
            }
        }
        return text;
    }
}
