package dev.latent.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/** Counts and times what is written to the interaction store. Thread-safe. */
public final class StoreMeters {

    private final Counter streamed;
    private final Counter imported;
    private final Timer appends;

    @Inject
    StoreMeters(MeterRegistry registry) {
        streamed = interactions(registry, "stream");
        imported = interactions(registry, "import");
        appends = Timer.builder("latent.store.append.duration")
                .description("Time until an append of interactions was on disk.")
                .serviceLevelObjectives(Buckets.disk())
                .register(registry);
    }

    private static Counter interactions(MeterRegistry registry, String source) {
        return Counter.builder("latent.store.interactions")
                .description("Interactions made durable, by the way they came.")
                .tag("source", source)
                .register(registry);
    }

    /** An append of a stream is on disk. */
    public void appended(int interactions, long nanos) {
        streamed.increment(interactions);
        appends.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** An import is on disk. */
    public void imported(long interactions) {
        imported.increment((double) interactions);
    }
}
