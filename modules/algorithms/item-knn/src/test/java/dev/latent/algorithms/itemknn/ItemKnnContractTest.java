package dev.latent.algorithms.itemknn;

import dev.latent.spi.Algorithm;
import dev.latent.testkit.AlgorithmContract;
import java.util.List;
import java.util.Map;

/** What every algorithm promises, for each similarity. */
class ItemKnnContractTest extends AlgorithmContract {

    @Override
    protected Algorithm algorithm() {
        return new ItemKnn();
    }

    @Override
    protected List<Map<String, String>> settings() {
        return List.of(
                Map.of(),
                Map.of("similarity", "tfidf", "neighbours", "7", "shrinkage", "3", "weight", "value"),
                Map.of("similarity", "bm25", "neighbours", "20", "minimum_value", "2", "weight", "value"));
    }
}
