package dev.latent.training;

import dev.latent.spi.Hyperparameters;
import dev.latent.spi.PreviousVersion;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainingContext;
import java.lang.foreign.Arena;
import java.util.Optional;

/** What the algorithm of a run trains on. */
record WorkContext(
        Snapshot snapshot,
        Hyperparameters hyperparameters,
        long seed,
        int threads,
        Arena arena,
        Optional<Snapshot> holdout,
        Optional<PreviousVersion> previous,
        long memoryBudget)
        implements TrainingContext {}
