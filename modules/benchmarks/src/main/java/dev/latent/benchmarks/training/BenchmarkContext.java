package dev.latent.benchmarks.training;

import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainingContext;
import java.lang.foreign.Arena;

/**
 * What one run trains on.
 *
 * @param snapshot see {@link TrainingContext#snapshot}
 * @param hyperparameters see {@link TrainingContext#hyperparameters}
 * @param seed see {@link TrainingContext#seed}
 * @param threads see {@link TrainingContext#threads}
 * @param arena see {@link TrainingContext#arena}
 */
public record BenchmarkContext(Snapshot snapshot, Hyperparameters hyperparameters, long seed, int threads, Arena arena)
        implements TrainingContext {}
