package dev.latent.training.tuning;

import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The host's ear of one trial: measures sweeps and stops the training when told to. Of many sweeps not all are measured,
 * since measuring may well take longer than a sweep: those at which trials are judged, the last, and some for a curve.
 */
final class TrialListener implements TrainingListener {

    /** About so many sweeps are measured. */
    private static final int POINTS = 10;

    private final ToDoubleFunction<TrainedModel> measure;
    private final Predicate<TrialSweep> isEnough;
    private final BooleanSupplier isCancelled;
    private final long started = System.nanoTime();
    private final List<TrialSweep> sweeps = new ArrayList<>();
    private boolean stopped;

    TrialListener(ToDoubleFunction<TrainedModel> measure, Predicate<TrialSweep> isEnough, BooleanSupplier isCancelled) {
        this.measure = measure;
        this.isEnough = isEnough;
        this.isCancelled = isCancelled;
    }

    synchronized List<TrialSweep> sweeps() {
        return List.copyOf(sweeps);
    }

    /** Whether the training was told to stop before its last sweep. */
    synchronized boolean isStopped() {
        return stopped;
    }

    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    @Override
    public synchronized Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
        if (!isMeasured(sweep.number(), sweep.planned())) {
            return Decision.CONTINUE;
        }
        double value = measure.applyAsDouble(current.get());
        TrialSweep made = new TrialSweep(sweep.number(), sweep.planned(), value, sweep.loss(), seconds());
        sweeps.add(made);
        boolean enough = isEnough.test(made);
        stopped = enough && sweep.number() < sweep.planned();
        return enough ? Decision.STOP : Decision.CONTINUE;
    }

    private static boolean isMeasured(int sweep, int planned) {
        return sweep == planned
                || sweep % Math.ceilDiv(planned, POINTS) == 0
                || SuccessiveHalving.isRung(sweep, planned);
    }

    @Override
    public boolean isCancelled() {
        return isCancelled.getAsBoolean();
    }

    @Override
    public void progress(int sweep, int sweepCount, double fraction) {}

    @Override
    public void log(String line) {}
}
