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
    private final List<Double> seconds = new ArrayList<>();
    private long last;

    /** Starts a clock on the system's time. */
    public SweepClock() {
        this(System::nanoTime);
    }

    SweepClock(LongSupplier nanos) {
        this.nanos = nanos;
        last = nanos.getAsLong();
    }

    @Override
    public void progress(int sweep, int sweeps, double fraction) {
        // only whole sweeps are timed
    }

    @Override
    public synchronized Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
        long now = nanos.getAsLong();
        seconds.add((now - last) / 1e9);
        last = now;
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
}
