package dev.latent.training;

import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * The host's end of {@link TrainingListener} during one call of {@code train}: thins out progress, estimates the time left,
 * counts sweeps and ends the training after a given one or when early stopping says so.
 */
final class WorkListener implements TrainingListener {

    private static final long PROGRESS_INTERVAL_NANOS = 500_000_000;

    private final WorkMonitor monitor;
    private final RunProgress.Phase phase;
    private final int lastSweep;
    private final Optional<SweepWatch> watch;
    private final long started = System.nanoTime();
    private long reported = started - PROGRESS_INTERVAL_NANOS;
    private int sweeps;
    private int planned;
    private Map<String, Double> loss = Map.of();
    private Map<String, Double> metrics = Map.of();

    /** Listens until {@code lastSweep}, or as long as the watch says. */
    WorkListener(WorkMonitor monitor, RunProgress.Phase phase, int lastSweep, Optional<SweepWatch> watch) {
        this.monitor = monitor;
        this.phase = phase;
        this.lastSweep = lastSweep;
        this.watch = watch;
    }

    /** Returns how many sweeps were made. */
    synchronized int sweeps() {
        return sweeps;
    }

    /** Returns how many sweeps the algorithm meant to make. */
    synchronized int planned() {
        return planned;
    }

    @Override
    public synchronized void progress(int sweep, int sweepCount, double fraction) {
        long now = System.nanoTime();
        if (now - reported >= PROGRESS_INTERVAL_NANOS) {
            reported = now;
            report(sweep, sweepCount, fraction);
        }
    }

    @Override
    public synchronized Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
        sweeps = sweep.number();
        planned = sweep.planned();
        loss = sweep.loss();
        metrics = new LinkedHashMap<>(sweep.metrics());
        boolean stop = watch.isPresent() && watch.get().isEnough(sweep.number(), current, metrics);
        report(sweep.number(), sweep.planned(), 1);
        return stop || sweep.number() >= lastSweep ? Decision.STOP : Decision.CONTINUE;
    }

    private void report(int sweep, int sweepCount, double fraction) {
        int expected = Math.max(1, Math.min(sweepCount, lastSweep));
        double done = Math.clamp((sweep - 1 + fraction) / expected, 0.0, 1.0);
        double seconds = (System.nanoTime() - started) / 1e9;
        OptionalDouble remaining = done > 0 ? OptionalDouble.of(seconds * (1 - done) / done) : OptionalDouble.empty();
        monitor.progress(new RunProgress(phase, sweep, sweepCount, done, loss, metrics, remaining));
    }

    @Override
    public boolean isCancelled() {
        return monitor.isCancelled();
    }

    @Override
    public void log(String line) {
        monitor.log(line);
    }
}
