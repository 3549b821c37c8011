package dev.latent.algorithms.sgd;

import dev.latent.spi.Algorithm;
import dev.latent.testkit.AlgorithmContract;
import java.util.List;
import java.util.Map;

class SgdContractTest extends AlgorithmContract {

    @Override
    protected Algorithm algorithm() {
        return new SgdAlgorithm();
    }

    @Override
    protected List<Map<String, String>> settings() {
        return List.of(
                Map.of("loss", "squared", "factors", "8", "epochs", "10"),
                Map.of("loss", "logistic", "factors", "8", "epochs", "10", "negatives", "2"),
                Map.of("loss", "bpr", "factors", "24", "epochs", "10", "negatives", "2", "minimum_value", "3"),
                Map.of("loss", "warp", "factors", "8", "epochs", "10"),
                Map.of("loss", "bpr", "factors", "8", "epochs", "3", "negative_sampling", "popularity"),
                Map.of("loss", "bpr", "factors", "8", "epochs", "3", "negatives", "2", "candidates", "3"),
                Map.of("loss", "bpr", "factors", "8", "epochs", "3", "recency_half_life", "2"),
                Map.of("loss", "warp", "factors", "8", "epochs", "3", "recency_half_life", "2"));
    }
}
