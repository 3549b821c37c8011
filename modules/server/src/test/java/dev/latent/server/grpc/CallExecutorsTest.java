package dev.latent.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Proves that the supplier is obeyed by the server, not only that it answers. */
class CallExecutorsTest {

    /** The name of the thread on which the health service is asked. */
    private static String threadOfHandler(Set<String> direct) throws Exception {
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        CallExecutors executors = new CallExecutors(direct, 2);
        ServerInterceptor recording = new ServerInterceptor() {
            @Override
            public <Q, A> io.grpc.ServerCall.Listener<Q> interceptCall(
                    io.grpc.ServerCall<Q, A> call, io.grpc.Metadata headers, io.grpc.ServerCallHandler<Q, A> next) {
                return new io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener<>(
                        next.startCall(call, headers)) {
                    @Override
                    public void onHalfClose() {
                        threads.add(Thread.currentThread().getName());
                        super.onHalfClose();
                    }
                };
            }
        };
        ServerServiceDefinition health =
                ServerInterceptors.intercept(new HealthStatusManager().getHealthService(), recording);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(Runnable::run)
                .callExecutor(executors)
                .addService(health)
                .build()
                .start();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        try {
            io.grpc.stub.ClientCalls.blockingUnaryCall(
                    channel, HealthGrpc.getCheckMethod(), CallOptions.DEFAULT, HealthCheckRequest.getDefaultInstance());
            return threads.poll(10, TimeUnit.SECONDS);
        } finally {
            channel.shutdownNow();
            server.shutdownNow().awaitTermination();
            executors.close();
        }
    }

    @Test
    void serviceThatNeverWaits_isAskedOnTheNetworksThread() throws Exception {
        assertThat(threadOfHandler(Set.of(HealthGrpc.SERVICE_NAME))).contains("ELG");
    }

    @Test
    void otherService_isAskedOnThePool() throws Exception {
        assertThat(threadOfHandler(Set.of())).startsWith("call-");
    }
}
