package dev.latent.testkit;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Snapshot;

/** The contract for whatever algorithm {@link AlgorithmContractTest} is looking at; run by its launcher only. */
class LaunchedContract extends AlgorithmContract {

    /** By their number an algorithm knows when to take its time; the data itself is trained on at once. */
    static final int LARGE_USERS = 400;

    /** Set before each launch; the launcher runs in the same thread. */
    static final ThreadLocal<Algorithm> SUBJECT = ThreadLocal.withInitial(SoundAlgorithm::new);

    @Override
    protected Algorithm algorithm() {
        return SUBJECT.get();
    }

    @Override
    protected Snapshot largeSnapshot() {
        return SyntheticSnapshots.ratings(LARGE_USERS, 40, 0.1, 8);
    }
}
