package dev.latent.cli.session;

import com.google.protobuf.Int32Value;
import com.google.protobuf.StringValue;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;

/**
 * The check of {@code grpc.health.v1}. Its request is a string in field 1 and its answer an enum in field 1, which are
 * the wire formats of {@link StringValue} and {@link Int32Value}; so nothing of grpc-services is needed here.
 */
public final class Health {

    /** What the check can answer. */
    public enum Status {
        /** The server does not say. */
        UNKNOWN,
        /** It answers. */
        SERVING,
        /** It does not answer now. */
        NOT_SERVING,
        /** It does not know the service. */
        SERVICE_UNKNOWN
    }

    private static final MethodDescriptor<StringValue, Int32Value> CHECK =
            MethodDescriptor.<StringValue, Int32Value>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName("grpc.health.v1.Health", "Check"))
                    .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(Int32Value.getDefaultInstance()))
                    .build();

    private Health() {}

    /**
     * Asks for the health of the whole server.
     *
     * @param channel to the server
     * @return what it answers
     */
    public static Status check(Channel channel) {
        int status = ClientCalls.blockingUnaryCall(
                        channel, CHECK, CallOptions.DEFAULT, StringValue.getDefaultInstance())
                .getValue();
        Status[] known = Status.values();
        return status >= 0 && status < known.length ? known[status] : Status.UNKNOWN;
    }
}
