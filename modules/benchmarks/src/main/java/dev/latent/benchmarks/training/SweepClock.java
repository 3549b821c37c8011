package dev.latent.benchmarks.training;

import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Takes the time from one sweep's end to the next. The first starts when this clock is made, so it holds the set-up. */
public final class SweepClock implements TrainingListener {

    private final LongSupplier nanos;
    private final LongSupplier cpuNanos;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> cpuSeconds = new ArrayList<>();
    private long last;
    private long lastCpu;

    /** Starts a clock on the system's time and on this process's processor time. */
    public SweepClock() {
        this(System::nanoTime, ProcessTime::nanos);
    }

    SweepClock(LongSupplier nanos, LongSupplier cpuNanos) {
        this.nanos = nanos;
        this.cpuNanos = cpuNanos;
        last = nanos.getAsLong();
        lastCpu = cpuNanos.getAsLong();
    }

    @Override
    public void progress(int sweep, int sweeps, double fraction) {
        // only whole sweeps are timed
    }

    @Override
    public synchronized Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
        long now = nanos.getAsLong();
        long nowCpu = cpuNanos.getAsLong();
        seconds.add((now - last) / 1e9);
        cpuSeconds.add((nowCpu - lastCpu) / 1e9);
        last = now;
        lastCpu = nowCpu;
        return Decision.CONTINUE;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void log(String line) {
        // the result says what is needed
    }

    /**
     * Returns the times so far.
     *
     * @return seconds, one a sweep
     */
    public synchronized List<Double> seconds() {
        return List.copyOf(seconds);
    }

    /**
     * Returns the processor time of all threads of this process together, its compiler and collector among them.
     *
     * @return seconds, one a sweep
     */
    public synchronized List<Double> cpuSeconds() {
        return List.copyOf(cpuSeconds);
    }
}
