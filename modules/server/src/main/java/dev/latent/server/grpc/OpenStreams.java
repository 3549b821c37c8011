package dev.latent.server.grpc;

import dev.latent.server.errors.ApiException;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the streams that only their client ends, so that they do not hold up the end of the server: watches of health and
 * of runs, reflection. Thread-safe.
 */
final class OpenStreams implements ServerInterceptor {

    private final Set<ServerCall<?, ?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        MethodType type = call.getMethodDescriptor().getType();
        if (type == MethodType.UNARY || type == MethodType.CLIENT_STREAMING) {
            return next.startCall(call, headers);
        }
        ServerCall.Listener<Q> listener = next.startCall(call, headers);
        open.add(call);
        if (ended) {
            end(call);
        }
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onCancel() {
                open.remove(call);
                super.onCancel();
            }

            @Override
            public void onComplete() {
                open.remove(call);
                super.onComplete();
            }
        };
    }

    /** Ends all streams, and those that come later. */
    void end() {
        ended = true;
        open.forEach(OpenStreams::end);
    }

    private static void end(ServerCall<?, ?> call) {
        ApiException stopping = ApiException.of(
                Status.Code.UNAVAILABLE, "SERVER_STOPPING", "The server is stopping; connect again", Map.of());
        call.close(Status.UNAVAILABLE.withCause(stopping), new Metadata());
    }
}
