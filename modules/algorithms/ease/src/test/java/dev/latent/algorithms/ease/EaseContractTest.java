package dev.latent.algorithms.ease;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Snapshot;
import dev.latent.testkit.AlgorithmContract;
import dev.latent.testkit.SyntheticSnapshots;
import java.util.List;
import java.util.Map;

/** What every algorithm promises, for both ways to count. */
class EaseContractTest extends AlgorithmContract {

    @Override
    protected Algorithm algorithm() {
        return new Ease();
    }

    @Override
    protected List<Map<String, String>> settings() {
        return List.of(Map.of(), Map.of("weight", "value", "minimum_value", "2", "regularization", "20"));
    }

    @Override
    protected Snapshot largeSnapshot() {
        return SyntheticSnapshots.ratings(4_000, 3_000, 0.05, 8);
    }
}
