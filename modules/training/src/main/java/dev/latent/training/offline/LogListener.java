package dev.latent.training.offline;

import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingListener;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Writes a line for each sweep, and lets each training run to its end. Thread-safe when its receiver is. */
final class LogListener implements TrainingListener {

    private final Consumer<String> lines;

    LogListener(Consumer<String> lines) {
        this.lines = lines;
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
        return Decision.CONTINUE;
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
