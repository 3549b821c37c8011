package dev.latent.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recall@20",
                "capped_recall@5",
                "ndcg@10",
                "hr@1",
                "precision@3",
                "mrr",
                "mrr@7",
                "map",
                "map@2",
                "novelty@10",
                "ils@10",
                "coverage@10",
                "gini@10",
                "rmse",
                "mae"
            })
    void name_isReadBack(String name) {
        assertThat(Metric.parse(name)).hasToString(name);
    }

    @ParameterizedTest
    @CsvSource({
        "ndcg, needs a cutoff",
        "ndcg@, whole number behind the @",
        "ndcg@0, needs a cutoff of at least 1",
        "ndcg@x, whole number",
        "rmse@10, takes no cutoff",
        "auc@3, is not one of recall@K"
    })
    void badName_isRefused(String name, String reason) {
        assertThatThrownBy(() -> Metric.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void equalNames_countOnce() {
        assertThat(Metric.parseAll(List.of("rmse", " ndcg@5", "rmse"))).hasToString("[rmse, ndcg@5]");
    }
}
