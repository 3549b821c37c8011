package dev.latent.testkit;

import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Keeps what a run reports; goes on and does not cancel unless told to. Thread-safe; meant to be extended. */
public class RecordingListener implements TrainingListener {

    private final List<Sweep> sweeps = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;

    /** Creates a listener that has heard nothing. */
    public RecordingListener() {}

    @Override
    public void progress(int sweep, int planned, double fraction) {
        if (sweep < 1 || sweep > planned || !(fraction >= 0 && fraction <= 1)) {
            faults.add("progress of sweep " + sweep + " of " + planned + ", fraction " + fraction);
        }
    }

    @Override
    public Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
        sweeps.add(sweep);
        return Decision.CONTINUE;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void log(String line) {
        lines.add(line);
    }

    /** Cancels the run. */
    public void cancel() {
        cancelled = true;
    }

    /**
     * Returns the sweeps.
     *
     * @return in the order in which they were reported
     */
    public List<Sweep> sweeps() {
        return List.copyOf(sweeps);
    }

    /**
     * Returns the log.
     *
     * @return its lines
     */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * Returns the reports of progress that make no sense.
     *
     * @return empty when all were in range
     */
    public List<String> faults() {
        return List.copyOf(faults);
    }
}
