package dev.latent.training.offline;

import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingListener;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Writes a line for each sweep, and ends each training after a given one. Thread-safe when its receiver is. */
public final class LogListener implements TrainingListener {

    private final Consumer<String> lines;
    private final int lastSweep;

    /**
     * Listens.
     *
     * @param lines takes what is told
     * @param lastSweep after which a training ends; {@link Integer#MAX_VALUE} to let it make all it plans
     */
    public LogListener(Consumer<String> lines, int lastSweep) {
        this.lines = lines;
        this.lastSweep = lastSweep;
    }

    @Override
    public void progress(int sweep, int sweeps, double fraction) {
        // A line a sweep is enough.
    }

    @Override
    public Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
        lines.accept(String.format(
                Locale.ROOT,
                "sweep %d of %d: loss %.6g %s %s",
                sweep.number(),
                sweep.planned(),
                sweep.totalLoss(),
                sweep.loss(),
                sweep.metrics()));
        return sweep.number() >= lastSweep ? Decision.STOP : Decision.CONTINUE;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void log(String line) {
        lines.accept(line);
    }
}
