package dev.latent.server.telemetry;

import dev.latent.models.Manifest;
import dev.latent.models.ModelStore;
import dev.latent.server.serving.ServingEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what happens to versions in service and on the request path. Thread-safe. */
public final class ServingMeters implements ServingEvents {

    private static final double MILLIS = 1e3;

    private final MeterRegistry registry;
    private final ModelStore models;
    private final Clock clock;
    private final Map<String, ModelCounters> counters = new ConcurrentHashMap<>();
    private final Map<Slot, List<Meter>> served = new ConcurrentHashMap<>();

    @Inject
    ServingMeters(MeterRegistry registry, ModelStore models, Clock clock) {
        this.registry = registry;
        this.models = models;
        this.clock = clock;
    }

    /** An alias of a model. */
    private record Slot(String model, String alias) {}

    /** What is counted on the request path of one model: made once, so that a request only adds. */
    private record ModelCounters(Map<String, Counter> fallbacks, Counter foldIns) {}

    @Override
    public void swapped(String model, String alias, int version, Duration loadTime) {
        loads(model).record(loadTime);
        double loaded = clock.millis() / MILLIS;
        Tags slot = Tags.of("model", model, "alias", alias);
        served.compute(new Slot(model, alias), (_, before) -> {
            remove(before);
            return List.of(
                    Gauge.builder("latent.model.info", () -> 1)
                            .description("The versions that answer.")
                            .tags(slot.and(
                                    "version", Integer.toString(version), "algorithm", algorithm(model, version)))
                            .register(registry),
                    Gauge.builder("latent.model.loaded.timestamp", () -> loaded)
                            .description("When the version that answers began to.")
                            .baseUnit("seconds")
                            .tags(slot)
                            .register(registry));
        });
    }

    private void remove(@org.jspecify.annotations.Nullable List<Meter> meters) {
        if (meters != null) {
            meters.forEach(registry::remove);
        }
    }

    private String algorithm(String model, int version) {
        return models.version(model, version)
                .manifest()
                .map(Manifest::metadata)
                .map(metadata -> metadata.algorithm().name())
                .orElse("unknown");
    }

    private Timer loads(String model) {
        return Timer.builder("latent.model.load.duration")
                .description("Time to open and warm a version and to let it answer.")
                .tag("model", model)
                .register(registry);
    }

    @Override
    public void loadFailed(String model, String alias, int version) {
        Counter.builder("latent.model.load.failures")
                .description("Versions that could not be opened for an alias.")
                .tag("model", model)
                .register(registry)
                .increment();
    }

    @Override
    public void removed(String model, String alias) {
        served.computeIfPresent(new Slot(model, alias), (_, meters) -> {
            remove(meters);
            return null;
        });
    }

    @Override
    public void moved(String model, String action, String result) {
        Counter.builder(action.equals("rollback") ? "latent.rollbacks" : "latent.promotions")
                .description("Moves of an alias that were asked for.")
                .tags("model", model, "result", result)
                .register(registry)
                .increment();
    }

    @Override
    public void fallback(String model, String reason) {
        counters(model)
                .fallbacks()
                .computeIfAbsent(reason, _ -> fallbacks(model, reason))
                .increment();
    }

    @Override
    public void foldedIn(String model) {
        counters(model).foldIns().increment();
    }

    private ModelCounters counters(String model) {
        return counters.computeIfAbsent(
                model,
                _ -> new ModelCounters(
                        new ConcurrentHashMap<>(),
                        Counter.builder("latent.recommend.fold.ins")
                                .description("Answers from a vector that was solved after training.")
                                .tag("model", model)
                                .register(registry)));
    }

    private Counter fallbacks(String model, String reason) {
        return Counter.builder("latent.recommend.fallback")
                .description("Answers that were not the subject's own, by the reason.")
                .tags("model", model, "reason", reason)
                .register(registry);
    }
}
