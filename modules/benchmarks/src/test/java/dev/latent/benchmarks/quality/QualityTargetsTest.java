package dev.latent.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.latent.benchmarks.quality.QualityTarget.Verdict;
import dev.latent.benchmarks.report.Machine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QualityTargetsTest {

    private static final QualityTarget.Peers NO_PEERS = new QualityTarget.Peers(Map.of());

    private static QualityRow ranking(String dataset, String label, double validation, double ndcg, double recall) {
        return row(dataset, Protocol.LEAVE_LAST_OUT, label, validation, Map.of("ndcg@10", ndcg, "recall@20", recall));
    }

    private static QualityRow row(
            String dataset, Protocol protocol, String label, double validation, Map<String, Double> metrics) {
        return new QualityRow(
                dataset,
                protocol.toString(),
                label,
                label,
                Map.of("factors", "4"),
                validation,
                List.of(1L),
                40,
                Map.of(
                        "ndcg@10", List.of(metrics.getOrDefault("ndcg@10", Double.NaN)),
                        "recall@20", List.of(metrics.getOrDefault("recall@20", Double.NaN)),
                        "rmse", List.of(metrics.getOrDefault("rmse", Double.NaN))),
                protocol.isRating() ? List.of(0.9) : List.of(),
                1);
    }

    @Test
    void ratings_areHeldToTheirBounds() {
        List<QualityRow> rows = List.of(
                row("ml-100k", Protocol.OFFICIAL_FOLDS, "sgd", 0, Map.of("rmse", 0.9121)),
                row("ml-100k", Protocol.OFFICIAL_FOLDS, "wals explicit", 0, Map.of("rmse", 0.9121)),
                row("ml-latest-small", Protocol.SEEDED_FOLDS, "sgd", 0, Map.of("rmse", 0.868)));

        assertThat(new QualityTargets(rows, NO_PEERS).all())
                .extracting(QualityTarget::bound, QualityTarget::verdict)
                .containsExactly(tuple(0.912, Verdict.MISSED), tuple(0.92, Verdict.MET), tuple(0.868, Verdict.MET));
    }

    @Test
    void wals_standsAgainstEaseAndThePeer() {
        List<QualityRow> rows =
                List.of(ranking("msweb", "wals", 0, 0.194, 0.30), ranking("msweb", "ease", 0, 0.2, 0.32));

        assertThat(new QualityTargets(rows, new QualityTarget.Peers(Map.of("msweb", Map.of("ndcg@10", 0.195)))).all())
                .extracting(QualityTarget::rule, QualityTarget::metric, QualityTarget::verdict)
                .containsExactly(
                        tuple("≥ 0.97 × ease", "ndcg@10", Verdict.MET),
                        tuple("≥ implicit ALS", "ndcg@10", Verdict.MISSED),
                        tuple("≥ 0.97 × ease", "recall@20", Verdict.MISSED),
                        tuple("≥ implicit ALS", "recall@20", Verdict.UNKNOWN));
    }

    @Test
    void sgd_isJudgedByTheLossThatValidationChose() {
        List<QualityRow> rows = List.of(
                ranking("msweb", "wals", 0, 0.2, 0.3),
                ranking("msweb", "sgd bpr", 0.11, 0.1, 0.1),
                ranking("msweb", "sgd warp", 0.12, 0.19, 0.28));

        assertThat(new QualityTargets(rows, NO_PEERS).all())
                .filteredOn(target -> target.label().startsWith("sgd"))
                .extracting(QualityTarget::label, QualityTarget::rule, QualityTarget::verdict)
                .containsExactly(
                        tuple("sgd warp", "≥ 0.9 × wals", Verdict.MET), tuple("sgd warp", "≥ 0.9 × wals", Verdict.MET));
    }

    @Test
    void report_isMetWhenNoTargetIsMissed() {
        List<QualityRow> rows =
                List.of(ranking("ml-100k", "popularity", 0, 0.1, 0.1), ranking("ml-100k", "wals", 0.2, 0.15, 0.3));
        List<QualityTarget> missed = new QualityTargets(rows, NO_PEERS).all();

        QualityReport report = QualityReport.of(rows, missed, 1, 2, Machine.current());

        assertThat(report.met()).isFalse();
        assertThat(report.markdown())
                .contains("≥ 1.6 × popularity | 0.1600 | **0.1500** | **missed** |", "factors=4", "| 0.2000 |");
        assertThat(QualityReport.of(rows, List.of(), 1, 2, Machine.current()).met())
                .isTrue();
    }
}
