package dev.latent.server.telemetry;

import dev.latent.training.Run;
import dev.latent.training.RunListener;
import dev.latent.training.TrainingService;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts and times runs. Thread-safe. */
public final class RunMeters implements RunListener {

    private final MeterRegistry registry;
    private final Map<String, Instant> lastSuccess = new ConcurrentHashMap<>();

    @Inject
    RunMeters(MeterRegistry registry, TrainingService runs) {
        this.registry = registry;
        active(runs, Run.State.QUEUED);
        active(runs, Run.State.RUNNING);
        runs.addListener(this);
    }

    private void active(TrainingService runs, Run.State state) {
        Gauge.builder("latent.train.runs.active", () -> runs.count(state))
                .description("Runs that wait or work.")
                .tag("state", word(state))
                .register(registry);
    }

    private static String word(Run.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void ended(Run run) {
        String algorithm = run.spec().algorithm();
        Counter.builder("latent.train.runs")
                .description("Runs that have ended.")
                .tags("algorithm", algorithm, "result", word(run.state()))
                .register(registry)
                .increment();
        if (run.started().isPresent() && run.ended().isPresent()) {
            Timer.builder("latent.train.duration")
                    .description("Time that runs worked.")
                    .serviceLevelObjectives(Buckets.work())
                    .tags("algorithm", algorithm, "result", word(run.state()))
                    .register(registry)
                    .record(Duration.between(run.started().get(), run.ended().get()));
        }
        if (run.state() == Run.State.SUCCEEDED) {
            succeeded(run);
        }
    }

    private void succeeded(Run run) {
        lastSuccess.put(run.model(), run.ended().orElse(run.created()));
        Gauge.builder("latent.train.last.success.timestamp", lastSuccess, times -> seconds(times, run.model()))
                .description("When a run of the model last succeeded.")
                .baseUnit("seconds")
                .tag("model", run.model())
                .register(registry);
    }

    private static double seconds(Map<String, Instant> times, String model) {
        Instant time = times.get(model);
        return time == null ? Double.NaN : time.getEpochSecond();
    }
}
