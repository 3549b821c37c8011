package dev.latent.server.telemetry;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts and times calls, from the arrival of their headers until their stream is closed; so those that no handler sees
 * (unknown methods, malformed messages, cancelled ones) count too. A method's meters are made once: a call looks up one
 * map and makes one object. Thread-safe.
 */
public final class RpcMeters extends ServerStreamTracer.Factory {

    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final LongAdder inFlight = new LongAdder();
    private final MethodMeters other;
    private volatile Map<String, MethodMeters> methods = Map.of();

    @Inject
    RpcMeters(MeterRegistry registry) {
        this.registry = registry;
        this.other = new MethodMeters(OTHER);
        Gauge.builder("latent.rpc.in.flight", inFlight::sum)
                .description("Calls under way.")
                .register(registry);
    }

    /**
     * Sets which methods there are; calls of others are shown together as {@value #OTHER}.
     *
     * @param names in full, as {@code latent.v1.RecommenderService/Recommend}
     */
    public void setMethods(Collection<String> names) {
        Map<String, MethodMeters> known = new HashMap<>();
        names.forEach(name -> known.put(name, new MethodMeters(name)));
        methods = Map.copyOf(known);
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        MethodMeters meters = methods.getOrDefault(fullMethodName, other);
        meters.started.increment();
        inFlight.increment();
        return new Call(meters);
    }

    /** The meters of one method. */
    private final class MethodMeters {

        private final String method;
        private final Counter started;
        private final AtomicReferenceArray<Timer> ended = new AtomicReferenceArray<>(Status.Code.values().length);

        MethodMeters(String method) {
            this.method = method;
            started = Counter.builder("latent.rpc.started")
                    .description("Calls that arrived.")
                    .tag("method", method)
                    .register(registry);
            timer(Status.Code.OK);
        }

        Timer timer(Status.Code code) {
            Timer timer = ended.get(code.value());
            if (timer == null) {
                timer = Timer.builder("latent.rpc.duration")
                        .description("Time from the arrival of a call to the end of its stream.")
                        .tags("method", method, "code", code.name())
                        .serviceLevelObjectives(Buckets.calls())
                        .register(registry);
                ended.set(code.value(), timer);
            }
            return timer;
        }
    }

    /** One call. */
    private final class Call extends ServerStreamTracer {

        private final MethodMeters meters;
        private final long start = System.nanoTime();

        Call(MethodMeters meters) {
            this.meters = meters;
        }

        @Override
        public void streamClosed(Status status) {
            inFlight.decrement();
            meters.timer(status.getCode()).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }
}
