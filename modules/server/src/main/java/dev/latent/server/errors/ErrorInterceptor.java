package dev.latent.server.errors;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends every failed call with the status of {@link ErrorMapping}: whether an endpoint throws, or hands its observer an
 * exception. Endpoints need no error handling of their own.
 */
public final class ErrorInterceptor implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        MappingCall<Q, A> mapping = new MappingCall<>(call);
        try {
            return new GuardedListener<>(next.startCall(mapping, headers), mapping);
        } catch (RuntimeException e) {
            mapping.fail(e);
            return new ServerCall.Listener<>() {};
        }
    }

    /** Maps the exception that an observer was given. */
    private static final class MappingCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final AtomicBoolean closed = new AtomicBoolean();

        MappingCall(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            Throwable cause = status.getCause();
            if (status.isOk() || cause == null || cause instanceof StatusRuntimeException) {
                super.close(status, trailers);
            } else {
                closeWith(cause, trailers);
            }
        }

        void fail(Throwable cause) {
            if (closed.compareAndSet(false, true)) {
                closeWith(cause, new Metadata());
            }
        }

        private void closeWith(Throwable cause, Metadata trailers) {
            StatusRuntimeException mapped = StatusProto.toStatusRuntimeException(ErrorMapping.statusOf(cause));
            Metadata details = mapped.getTrailers();
            if (details != null) {
                trailers.merge(details);
            }
            super.close(mapped.getStatus(), trailers);
        }
    }

    /** Maps what an endpoint throws. */
    private static final class GuardedListener<Q, A> extends SimpleForwardingServerCallListener<Q> {

        private final MappingCall<Q, A> call;

        GuardedListener(ServerCall.Listener<Q> listener, MappingCall<Q, A> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            guarded(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            guarded(super::onHalfClose);
        }

        @Override
        public void onReady() {
            guarded(super::onReady);
        }

        private void guarded(Runnable step) {
            try {
                step.run();
            } catch (Throwable e) { // the border of the call: a mapped file that shrank is an InternalError
                call.fail(e);
            }
        }
    }
}
