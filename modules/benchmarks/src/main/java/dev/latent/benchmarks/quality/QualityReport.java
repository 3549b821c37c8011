package dev.latent.benchmarks.quality;

import dev.latent.benchmarks.report.Machine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All rows, and whether every target was reached.
 *
 * @param rows one a case
 * @param met whether every target that counts was reached
 * @param seconds the whole run took
 * @param machine where
 */
record QualityReport(List<QualityRow> rows, boolean met, double seconds, Machine machine) {

    /** What tells the rows of one algorithm apart, and what a reader asks first. */
    private static final List<String> SHOWN = List.of(
            "feedback",
            "loss",
            "factors",
            "iterations",
            "epochs",
            "learning_rate",
            "regularization",
            "regularization_exponent",
            "unobserved_weight",
            "negatives");

    QualityReport {
        rows = List.copyOf(rows);
    }

    static QualityReport of(List<QualityRow> rows, double seconds, Machine machine) {
        return new QualityReport(rows, rows.stream().allMatch(row -> row.met() || !row.counts()), seconds, machine);
    }

    /** Two tables in Markdown: ratings, rankings. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("Machine: ").append(machine).append("\n\n");
        text.append(
                "| data | algorithm | hyperparameters | seed | u1 | u2 | u3 | u4 | u5 | mean RMSE | MAE | damped biases"
                        + " RMSE | target | |\n|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|\n");
        rows.stream().filter(row -> !row.folds().isEmpty()).forEach(row -> text.append(rating(row)));
        text.append(
                "\n| data | split | algorithm | hyperparameters | seed | users | NDCG@10 | Recall@10 | popularity NDCG@10 |"
                        + " popularity Recall@10 | NDCG ratio | target NDCG@10 | |\n"
                        + "|---|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|\n");
        rows.stream().filter(row -> row.folds().isEmpty()).forEach(row -> text.append(ranking(row)));
        text.append(String.format(
                Locale.ROOT,
                "%nHyperparameters not shown have their defaults; with regularization=0.0 wals chooses it. %.0f s.",
                seconds));
        return text.toString();
    }

    private static String rating(QualityRow row) {
        String folds = row.folds().stream()
                .map(value -> String.format(Locale.ROOT, "%.4f", value))
                .collect(Collectors.joining(" | "));
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %d | %s | **%.4f** | %.4f | %.4f | ≤ %.3f | %s |%n",
                row.dataset(),
                row.algorithm(),
                shown(row),
                row.seed(),
                folds,
                row.metric("rmse"),
                row.metric("mae"),
                row.baselineMetric("rmse"),
                row.target(),
                verdict(row));
    }

    private static String ranking(QualityRow row) {
        return String.format(
                Locale.ROOT,
                "| %s | leave-last-out, full catalogue | %s | %s | %d | %d | **%.4f** | %.4f | %.4f | %.4f | %.2f | ≥ %.4f"
                        + " | %s |%n",
                row.dataset(),
                row.algorithm(),
                shown(row),
                row.seed(),
                row.users(),
                row.metric("ndcg@10"),
                row.metric("recall@10"),
                row.baselineMetric("ndcg@10"),
                row.baselineMetric("recall@10"),
                row.metric("ndcg@10") / row.baselineMetric("ndcg@10"),
                row.target(),
                verdict(row));
    }

    private static String shown(QualityRow row) {
        return row.hyperparameters().entrySet().stream()
                .filter(entry -> SHOWN.contains(entry.getKey()))
                .map(Map.Entry::toString)
                .collect(Collectors.joining(" "));
    }

    private static String verdict(QualityRow row) {
        if (!row.counts()) {
            return "beside";
        }
        return row.met() ? "met" : "**missed**";
    }
}
