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
 */
public record RunContext(Snapshot snapshot, Hyperparameters hyperparameters, long seed, int threads, Arena arena)
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
        return new RunContext(
                snapshot, Hyperparameters.resolve(algorithm.hyperparameters(), given), 1, 1, Arena.ofAuto());
    }

    /**
     * Changes the seed.
     *
     * @param value any number
     * @return otherwise the same
     */
    public RunContext withSeed(long value) {
        return new RunContext(snapshot, hyperparameters, value, threads, arena);
    }

    /**
     * Changes the number of threads.
     *
     * @param value at least 1
     * @return otherwise the same
     */
    public RunContext withThreads(int value) {
        return new RunContext(snapshot, hyperparameters, seed, value, arena);
    }
}
