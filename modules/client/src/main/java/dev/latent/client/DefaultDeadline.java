package dev.latent.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Gives each unary call that has no deadline the default one; streams live as long as their caller likes. */
final class DefaultDeadline implements ClientInterceptor {

    private final long nanos;

    DefaultDeadline(Duration timeout) {
        this.nanos = timeout.toNanos();
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        boolean bounded = options.getDeadline() != null || method.getType() != MethodDescriptor.MethodType.UNARY;
        return next.newCall(method, bounded ? options : options.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS));
    }
}
