package dev.latent.testkit;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainingContext;
import java.lang.foreign.Arena;
import java.util.Map;

/**
 * What one run in a test trains on.
 *
 * @param snapshot see {@link TrainingContext#snapshot}
 * @param hyperparameters see {@link TrainingContext#hyperparameters}
 * @param seed see {@link TrainingContext#seed}
 * @param threads see {@link TrainingContext#threads}
 * @param arena see {@link TrainingContext#arena}
 * @param memoryBudget see {@link TrainingContext#memoryBudget}
 */
public record RunContext(
        Snapshot snapshot, Hyperparameters hyperparameters, long seed, int threads, Arena arena, long memoryBudget)
        implements TrainingContext {

    /**
     * Makes the context of a run with seed 1 and one thread, whose memory is freed when nobody holds it.
     *
     * @param algorithm declares the hyperparameters
     * @param given hyperparameters that are not to have their defaults
     * @param snapshot to train on
     * @return a context
     */
    public static RunContext of(Algorithm algorithm, Map<String, String> given, Snapshot snapshot) {
        Hyperparameters hyperparameters = Hyperparameters.resolve(algorithm.hyperparameters(), given);
        return new RunContext(snapshot, hyperparameters, 1, 1, Arena.ofAuto(), Long.MAX_VALUE);
    }

    /**
     * Changes the seed.
     *
     * @param value any number
     * @return otherwise the same
     */
    public RunContext withSeed(long value) {
        return new RunContext(snapshot, hyperparameters, value, threads, arena, memoryBudget);
    }

    /**
     * Changes the number of threads.
     *
     * @param value at least 1
     * @return otherwise the same
     */
    public RunContext withThreads(int value) {
        return new RunContext(snapshot, hyperparameters, seed, value, arena, memoryBudget);
    }

    /**
     * Changes how much memory the run may use.
     *
     * @param bytes above 0
     * @return otherwise the same
     */
    public RunContext withMemoryBudget(long bytes) {
        return new RunContext(snapshot, hyperparameters, seed, threads, arena, bytes);
    }
}
