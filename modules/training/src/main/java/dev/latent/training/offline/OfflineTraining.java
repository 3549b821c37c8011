package dev.latent.training.offline;

import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingListener;
import dev.latent.training.ModelCheck;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Optional;

/**
 * An algorithm with its settings, ready to train in this process. Immutable and thread-safe.
 *
 * @param algorithm what trains
 * @param hyperparameters complete
 * @param seed from which every random number of a training follows
 * @param threads to keep busy; the model does not depend on it
 */
public record OfflineTraining(LoadedAlgorithm algorithm, Hyperparameters hyperparameters, long seed, int threads) {

    /** Checks the number of threads. */
    public OfflineTraining {
        if (threads < 1) {
            throw new IllegalArgumentException("Training needs at least 1 thread, got " + threads);
        }
    }

    /**
     * Completes hyperparameters by their defaults.
     *
     * @param algorithm what trains
     * @param given some hyperparameters, as text
     * @param seed from which every random number of a training follows
     * @param threads at least 1
     * @return ready to train
     * @throws dev.latent.spi.InvalidHyperparametersException naming what is unknown or out of range
     */
    public static OfflineTraining of(LoadedAlgorithm algorithm, Map<String, String> given, long seed, int threads) {
        return new OfflineTraining(
                algorithm, Hyperparameters.resolve(algorithm.hyperparameters(), given), seed, threads);
    }

    /** What one training learns from. */
    private record Context(
            Snapshot snapshot,
            Hyperparameters hyperparameters,
            long seed,
            int threads,
            Arena arena,
            Optional<Snapshot> holdout)
            implements TrainingContext {

        /** What the heap still allows. */
        @Override
        public long memoryBudget() {
            Runtime runtime = Runtime.getRuntime();
            return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        }
    }

    /**
     * Returns what the model predicts.
     *
     * @return ratings or rankings
     */
    public Task task() {
        return algorithm.task(hyperparameters);
    }

    /**
     * Trains a model and checks its shape and that all its numbers are finite.
     *
     * @param snapshot what to learn from
     * @param holdout what the algorithm may watch, empty for nothing
     * @param listener hears of progress and says when to stop
     * @param arena owns the memory of the model; shared
     * @return valid as long as the arena and the algorithm
     * @throws dev.latent.spi.TrainingFailedException when no usable model came out
     */
    public TrainedModel train(Snapshot snapshot, Optional<Snapshot> holdout, TrainingListener listener, Arena arena) {
        TrainedModel model =
                algorithm.train(new Context(snapshot, hyperparameters, seed, threads, arena, holdout), listener);
        new ModelCheck("Algorithm " + algorithm, snapshot).check(model);
        return model;
    }
}
