package dev.latent.server.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Gives each call an id: the one in its {@code x-request-id} header when that is 1 to 64 letters, digits, dots, dashes and
 * underscores, else a new one. It goes into every log line of the call and back with the answer.
 */
final class RequestIds implements ServerInterceptor {

    /** The header, in requests and answers. */
    static final Metadata.Key<String> HEADER = Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

    /** The name under which log lines show the id. */
    static final String LOGGED = "request";

    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int PREFIX_BYTES = 4;

    private final String prefix = newPrefix();
    private final AtomicLong count = new AtomicLong();

    private static String newPrefix() {
        byte[] random = new byte[PREFIX_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random) + "-";
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String id = id(headers.get(HEADER));
        MDC.put(LOGGED, id);
        try {
            return new Logged<>(next.startCall(new Echo<>(call, id), headers), id);
        } finally {
            MDC.remove(LOGGED);
        }
    }

    private String id(@Nullable String given) {
        return given != null && ACCEPTED.matcher(given).matches()
                ? given
                : prefix + Long.toHexString(count.incrementAndGet());
    }

    /** Sends the id with the first thing that is sent. */
    private static final class Echo<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final String id;
        private boolean sent;

        Echo(ServerCall<Q, A> call, String id) {
            super(call);
            this.id = id;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            sent = true;
            headers.put(HEADER, id);
            super.sendHeaders(headers);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!sent) {
                trailers.put(HEADER, id);
            }
            super.close(status, trailers);
        }
    }

    /** Puts the id into the log lines of the handler. */
    private static final class Logged<Q> extends SimpleForwardingServerCallListener<Q> {

        private final String id;

        Logged(ServerCall.Listener<Q> listener, String id) {
            super(listener);
            this.id = id;
        }

        @Override
        public void onMessage(Q message) {
            logged(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            logged(super::onHalfClose);
        }

        @Override
        public void onCancel() {
            logged(super::onCancel);
        }

        @Override
        public void onReady() {
            logged(super::onReady);
        }

        private void logged(Runnable step) {
            MDC.put(LOGGED, id);
            try {
                step.run();
            } finally {
                MDC.remove(LOGGED);
            }
        }
    }
}
