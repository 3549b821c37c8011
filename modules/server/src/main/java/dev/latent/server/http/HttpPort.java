package dev.latent.server.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import dev.latent.server.health.Readiness;
import dev.latent.server.ports.ListenException;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP port: {@code /metrics} for Prometheus, {@code /healthz} (the process lives), {@code /readyz} (it should get
 * requests; the body says why not).
 */
public final class HttpPort implements AutoCloseable {

    private static final MediaType METRICS = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");
    private static final long DRAIN_MILLIS = 500;
    private static final long STOP_MILLIS = 600; // its threads take longer, and are daemons

    private final HttpAddress address;
    private final Server server;

    @Inject
    HttpPort(HttpAddress address, PrometheusMeterRegistry metrics, Readiness readiness) {
        this.address = address;
        server = Server.builder()
                .http(new InetSocketAddress(address.host(), address.port()))
                .service("/metrics", (_, _) -> HttpResponse.of(HttpStatus.OK, METRICS, metrics.scrape()))
                .service("/healthz", (_, _) -> text(HttpStatus.OK, List.of("live")))
                .service("/readyz", (_, _) -> readyz(readiness.problems()))
                .workerGroup(1)
                .meterRegistry(new CompositeMeterRegistry()) // of Armeria itself: nobody reads it
                .disableServerHeader()
                .gracefulShutdownTimeoutMillis(0, DRAIN_MILLIS)
                .build();
    }

    private static HttpResponse readyz(List<String> problems) {
        return problems.isEmpty()
                ? text(HttpStatus.OK, List.of("ready"))
                : text(HttpStatus.SERVICE_UNAVAILABLE, problems);
    }

    private static HttpResponse text(HttpStatus status, List<String> lines) {
        return HttpResponse.of(status, MediaType.PLAIN_TEXT_UTF_8, String.join("\n", lines) + "\n");
    }

    /**
     * Begins to listen.
     *
     * @throws ListenException when the address cannot be bound
     */
    public void start() throws ListenException {
        try {
            server.start().join();
        } catch (CompletionException e) {
            throw new ListenException("HTTP", address.host(), address.port(), e);
        }
    }

    /** The port listened on. */
    public int port() {
        return Objects.requireNonNull(server.activePort()).localAddress().getPort();
    }

    @Override
    public void close() {
        server.stop()
                .completeOnTimeout(null, STOP_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }
}
