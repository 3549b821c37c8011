package dev.latent.server.grpc;

import dev.latent.server.ports.ListenException;
import dev.latent.server.telemetry.RpcMeters;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gRPC port: Netty on epoll where the machine has it, with the limits of {@link GrpcOptions}. */
public final class GrpcPort implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GrpcPort.class);
    private static final Executor DIRECT = Runnable::run;
    private static final long PERMITTED_KEEP_ALIVE_SECONDS = 10;
    private static final long QUIET_MILLIS = 0;
    private static final long LOOP_STOP_SECONDS = 5;

    private final GrpcOptions options;
    private final Services services;
    private final CallExecutors executors;
    private final EventLoopGroup acceptor;
    private final EventLoopGroup loops;
    private final Server server;

    @Inject
    GrpcPort(Services services, RpcMeters meters, GrpcOptions options) {
        this.options = options;
        this.services = services;
        executors = new CallExecutors(Services.DIRECT, options.threads());
        acceptor = loops(1, "grpc-accept-");
        loops = loops(Runtime.getRuntime().availableProcessors(), "grpc-");
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(options.host(), options.port()))
                .bossEventLoopGroup(acceptor)
                .workerEventLoopGroup(loops)
                .channelType(channelType());
        limit(builder, options.limits());
        // Only the look-up of the method runs on the executor; the call itself on the one that is supplied.
        builder.executor(DIRECT).callExecutor(executors).addStreamTracerFactory(meters);
        services.mount(builder);
        meters.setMethods(services.methods());
        server = builder.build();
    }

    private static EventLoopGroup loops(int threads, String name) {
        IoHandlerFactory handlers = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(
                threads, Thread.ofPlatform().daemon().name(name, 0).factory(), handlers);
    }

    private static Class<? extends ServerChannel> channelType() {
        if (Epoll.isAvailable()) {
            return EpollServerSocketChannel.class;
        }
        LOG.info("grpc: epoll is not available, NIO is used: {}", String.valueOf(Epoll.unavailabilityCause()));
        return NioServerSocketChannel.class;
    }

    private static void limit(NettyServerBuilder builder, GrpcOptions.Limits limits) {
        builder.maxInboundMessageSize(Math.max(limits.messageBytes(), limits.servingMessageBytes()))
                .maxInboundMetadataSize(limits.metadataBytes())
                .maxConcurrentCallsPerConnection(limits.callsPerConnection())
                .maxRstFramesPerWindow(limits.resetsPerWindow(), GrpcOptions.Limits.RESET_WINDOW_SECONDS)
                .maxConnectionIdle(limits.connectionIdle().toNanos(), TimeUnit.NANOSECONDS)
                .maxConnectionAge(limits.connectionAge().toNanos(), TimeUnit.NANOSECONDS)
                .maxConnectionAgeGrace(limits.connectionAge().toNanos(), TimeUnit.NANOSECONDS)
                .handshakeTimeout(10, TimeUnit.SECONDS)
                .permitKeepAliveTime(PERMITTED_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
    }

    /**
     * Begins to listen.
     *
     * @throws ListenException when the address cannot be bound
     */
    public void start() throws ListenException {
        try {
            server.start();
        } catch (IOException | RuntimeException e) { // an unresolved host is unchecked
            throw new ListenException("gRPC", options.host(), options.port(), e);
        }
    }

    /** The port listened on. */
    public int port() {
        return server.getPort();
    }

    /** Takes no more calls, lets those under way end within the grace, then cuts them off. */
    @Override
    public void close() {
        server.shutdown();
        services.endStreams();
        try {
            if (!server.awaitTermination(options.stopGrace().toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn(
                        "grpc: calls were still under way after {} s and were cut off",
                        options.stopGrace().toSeconds());
                server.shutdownNow();
                server.awaitTermination(LOOP_STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        executors.close();
        stop(acceptor);
        stop(loops);
    }

    private static void stop(EventLoopGroup group) {
        group.shutdownGracefully(QUIET_MILLIS, LOOP_STOP_SECONDS, TimeUnit.SECONDS)
                .syncUninterruptibly();
    }
}
