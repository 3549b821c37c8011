package dev.latent.server.grpc;

import java.time.Duration;

/**
 * Where the gRPC port listens and what it takes.
 *
 * @param host a name or an address of this machine
 * @param port 0 for a free one
 * @param threads for calls that may wait for a disk
 * @param stopGrace how long calls under way may take when the server stops
 * @param limits of connections and messages
 */
public record GrpcOptions(String host, int port, int threads, Duration stopGrace, Limits limits) {

    /**
     * Limits that keep one client from hurting the others.
     *
     * @param servingMessageBytes largest request of the recommender service
     * @param messageBytes largest request of any other service
     * @param metadataBytes largest headers of a call
     * @param callsPerConnection calls under way on one connection
     * @param resetsPerWindow streams that a connection may reset within {@value #RESET_WINDOW_SECONDS} seconds
     * @param connectionIdle after which a connection without calls is closed
     * @param connectionAge after which a connection is asked to go; its calls may end within the same time again
     */
    public record Limits(
            int servingMessageBytes,
            int messageBytes,
            int metadataBytes,
            int callsPerConnection,
            int resetsPerWindow,
            Duration connectionIdle,
            Duration connectionAge) {

        static final int RESET_WINDOW_SECONDS = 30;
    }
}
