package dev.latent.benchmarks.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is asked of the rows: the targets in code, and their verdicts. */
final class QualityTargets {

    private static final String NDCG = "ndcg@10";
    private static final String RECALL = "recall@20";
    private static final List<String> RANKING_METRICS = List.of(NDCG, RECALL);

    /** Sets whose rankings stand against EASE and a tuned peer. */
    private static final Set<String> AGAINST_PEERS =
            Set.of(QualityCase.SMALL, "msweb", "movietweetings-100k", "online-retail", "lastfm-hetrec2011");

    /** Sets whose rankings stand against popularity. */
    private static final Set<String> AGAINST_POPULARITY = Set.of(QualityCase.SMALL, QualityCase.FOLDS);

    private static final double OF_EASE = 0.97;
    private static final double OF_WALS = 0.9;
    private static final double OF_LOT = 5;
    private static final double OF_POPULARITY = 1.6;

    private final List<QualityRow> rows;
    private final QualityTarget.Peers peers;

    QualityTargets(List<QualityRow> rows, QualityTarget.Peers peers) {
        this.rows = rows;
        this.peers = peers;
    }

    /** One verdict for each target of each row that was measured. */
    List<QualityTarget> all() {
        return rows.stream().flatMap(row -> of(row).stream()).toList();
    }

    private List<QualityTarget> of(QualityRow row) {
        if (row.protocol().equals(Protocol.OFFICIAL_FOLDS.toString())) {
            return List.of(QualityTarget.atMost(row, "rmse", row.label().equals(QualityCase.SGD) ? 0.912 : 0.92));
        }
        if (row.protocol().equals(Protocol.SEEDED_FOLDS.toString())) {
            return row.label().equals(QualityCase.SGD) ? List.of(QualityTarget.atMost(row, "rmse", 0.868)) : List.of();
        }
        return row.protocol().equals(Protocol.LEAVE_LAST_OUT.toString())
                ? ranking(row)
                : List.of(QualityTarget.atLeast(row, RECALL, OF_LOT, "lot", row.metric(RECALL + "_random")));
    }

    private List<QualityTarget> ranking(QualityRow row) {
        List<QualityTarget> targets = new ArrayList<>();
        boolean isWals = row.label().equals(QualityCase.WALS);
        if (AGAINST_PEERS.contains(row.dataset())) {
            for (String metric : RANKING_METRICS) {
                if (isWals) {
                    targets.add(against(row, metric, OF_EASE, QualityCase.EASE));
                    targets.add(
                            QualityTarget.atLeast(row, metric, 1, "implicit ALS", peers.metric(row.dataset(), metric)));
                } else if (isBestSgd(row)) {
                    targets.add(against(row, metric, OF_WALS, QualityCase.WALS));
                }
            }
        }
        if (AGAINST_POPULARITY.contains(row.dataset()) && (isWals || row.label().equals(QualityCase.BPR))) {
            targets.add(against(row, NDCG, OF_POPULARITY, QualityCase.POPULARITY));
        }
        return targets;
    }

    private QualityTarget against(QualityRow row, String metric, double factor, String label) {
        return QualityTarget.atLeast(row, metric, factor, label, QualityTarget.metric(rows, row, label, metric));
    }

    /** Of bpr and warp the one that did better on the validation part, so that the test part does not choose. */
    private boolean isBestSgd(QualityRow row) {
        return Stream.of(QualityCase.BPR, QualityCase.WARP)
                .flatMap(label -> QualityTarget.find(rows, row, label).stream())
                .max(Comparator.comparingDouble(QualityRow::validation))
                .filter(row::equals)
                .isPresent();
    }
}
