package dev.latent.server;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * How a call failed, as a client sees it.
 *
 * @param code its gRPC code
 * @param reason of its {@link ErrorInfo}
 * @param message for people
 * @param fields at fault
 */
public record Failures(Code code, String reason, String message, List<String> fields) {

    /** Makes a call that must fail. */
    public static Failures of(ThrowingCallable call) {
        return of(Assertions.catchThrowable(call));
    }

    /** Reads the details of a failure, which must be there. */
    public static Failures of(@Nullable Throwable thrown) {
        Status status = StatusProto.fromThrowable(Objects.requireNonNull(thrown, "the call must fail"));
        Objects.requireNonNull(status, () -> "a status in " + thrown);
        String reason = "";
        List<String> fields = List.of();
        try {
            for (Any detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    reason = detail.unpack(ErrorInfo.class).getReason();
                }
                if (detail.is(BadRequest.class)) {
                    fields = detail.unpack(BadRequest.class).getFieldViolationsList().stream()
                            .map(BadRequest.FieldViolation::getField)
                            .toList();
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return new Failures(
                io.grpc.Status.fromCodeValue(status.getCode()).getCode(), reason, status.getMessage(), fields);
    }
}
