package dev.latent.server.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.latent.server.errors.ApiException;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses requests that are too long or not what the contract says. Left to gRPC, a malformed request ends as UNKNOWN with
 * a stack trace in the log, which anybody could fill. So messages pass the interceptors as bytes and are parsed behind
 * them, where a failure can be answered.
 */
final class MessageChecks implements ServerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(MessageChecks.class);
    private static final Marshaller<InputStream> BYTES = new Bytes();

    private final int maxBytes;
    private final RateLimit logged;

    /**
     * Checks the messages of a service.
     *
     * @param maxBytes of a message
     * @param logged how often a malformed one is worth a line
     */
    MessageChecks(int maxBytes, RateLimit logged) {
        this.maxBytes = maxBytes;
        this.logged = logged;
    }

    /** Lets messages pass the interceptors of a service as bytes. */
    static ServerServiceDefinition asBytes(ServerServiceDefinition service) {
        return ServerInterceptors.useMarshalledMessages(service, BYTES);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onMessage(Q message) {
                check(message, method);
                try {
                    super.onMessage(message);
                } catch (StatusRuntimeException e) {
                    throw e.getCause() instanceof InvalidProtocolBufferException broken ? malformed(method, broken) : e;
                }
            }
        };
    }

    private void check(Object message, String method) {
        try {
            if (message instanceof InputStream bytes
                    && message instanceof KnownLength
                    && bytes.available() > maxBytes) {
                throw ApiException.of(
                        Code.RESOURCE_EXHAUSTED,
                        "MESSAGE_TOO_LARGE",
                        "A request of " + method + " has " + bytes.available() + " bytes, expected at most " + maxBytes
                                + "; send less at a time",
                        Map.of(
                                "method", method,
                                "actual", Integer.toString(bytes.available()),
                                "expected", Integer.toString(maxBytes)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A request of " + method + " cannot be read", e);
        }
    }

    private ApiException malformed(String method, InvalidProtocolBufferException cause) {
        logged.run(suppressed -> LOG.warn(
                "Malformed request of {}: {} ({} more of that kind not logged)",
                method,
                cause.getMessage(),
                suppressed));
        ApiException refused = ApiException.of(
                Code.INVALID_ARGUMENT,
                "MALFORMED_MESSAGE",
                "The request is not a message of " + method + "; check that client and server use the same contract",
                Map.of("method", method));
        refused.initCause(cause);
        return refused;
    }

    /** Passes messages on as they are on the wire. */
    private static final class Bytes implements Marshaller<InputStream> {

        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return stream;
        }
    }
}
