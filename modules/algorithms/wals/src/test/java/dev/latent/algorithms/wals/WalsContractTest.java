package dev.latent.algorithms.wals;

import dev.latent.spi.Algorithm;
import dev.latent.testkit.AlgorithmContract;
import java.util.List;
import java.util.Map;

/** What every algorithm promises, for both kinds of feedback. */
class WalsContractTest extends AlgorithmContract {

    @Override
    protected Algorithm algorithm() {
        return new WalsAlgorithm();
    }

    @Override
    protected List<Map<String, String>> settings() {
        return List.of(
                Map.of("iterations", "2", "factors", "20"),
                Map.of("iterations", "2", "factors", "9", "alpha", "0.5", "minimum_value", "2"),
                Map.of("iterations", "2", "factors", "16", "feedback", "explicit"),
                Map.of("iterations", "2", "factors", "20", "solver", "block", "block_size", "7"),
                Map.of("iterations", "2", "factors", "9", "solver", "block", "block_size", "3", "feedback", "explicit"),
                Map.of("iterations", "2", "factors", "70"),
                Map.of("iterations", "2", "factors", "16", "solver", "cg", "feedback", "explicit", "alpha", "0.5"));
    }
}
