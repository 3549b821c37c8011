package dev.latent.algorithms.wals;

import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.PreviousVersion;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Sweep;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.testkit.RecordingListener;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One training in a test, and everything that was heard of it. */
final class Fit extends RecordingListener implements TrainingContext {

    private final Snapshot snapshot;
    private final Hyperparameters hyperparameters;
    int threads = 2;
    long seed = 1;
    int stopAfter = Integer.MAX_VALUE;
    long memoryBudget = Long.MAX_VALUE;
    Optional<PreviousVersion> previous = Optional.empty();

    private Fit(Snapshot snapshot, Map<String, String> given) {
        this.snapshot = snapshot;
        hyperparameters = Hyperparameters.resolve(new WalsAlgorithm().hyperparameters(), given);
    }

    static Fit of(Interactions interactions, Map<String, String> given) {
        return new Fit(interactions.snapshot(), given);
    }

    static EmbeddingModel train(Interactions interactions, Map<String, String> given) {
        return of(interactions, given).train();
    }

    EmbeddingModel train() {
        return (EmbeddingModel) new WalsAlgorithm().train(this, this);
    }

    WalsOptions options() {
        try (WorkerPool pool = new WorkerPool(2)) {
            return WalsOptions.of(hyperparameters).completedFor(snapshot, pool, this);
        }
    }

    Sweep lastSweep() {
        return sweeps().getLast();
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public Hyperparameters hyperparameters() {
        return hyperparameters;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public Arena arena() {
        return Arena.ofAuto();
    }

    @Override
    public Optional<PreviousVersion> previous() {
        return previous;
    }

    @Override
    public long memoryBudget() {
        return memoryBudget;
    }

    @Override
    public Decision sweep(Sweep sweep, Supplier<? extends TrainedModel> current) {
        super.sweep(sweep, current);
        return sweep.number() >= stopAfter ? Decision.STOP : Decision.CONTINUE;
    }
}
