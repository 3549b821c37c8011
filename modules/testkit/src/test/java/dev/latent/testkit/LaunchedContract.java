package dev.latent.testkit;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Snapshot;

/** The contract for whatever algorithm {@link AlgorithmContractTest} is looking at; run by its launcher only. */
class LaunchedContract extends AlgorithmContract {

    static final int LARGE_USERS = 400;

    /** Set before each launch; the launcher runs in the same thread. */
    static Algorithm subject = new SoundAlgorithm();

    @Override
    protected Algorithm algorithm() {
        return subject;
    }

    @Override
    protected Snapshot largeSnapshot() {
        return SyntheticSnapshots.ratings(LARGE_USERS, 200, 0.2, 8);
    }
}
