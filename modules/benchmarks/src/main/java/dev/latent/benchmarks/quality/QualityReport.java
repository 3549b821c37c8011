package dev.latent.benchmarks.quality;

import dev.latent.benchmarks.report.Machine;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * All rows, all targets, and whether every target was reached.
 *
 * @param rows one a case
 * @param targets with their verdicts
 * @param met whether no target was missed; what could not be judged is not counted
 * @param splitSeed of the splits that are drawn
 * @param seconds the whole run took
 * @param machine where
 */
record QualityReport(
        List<QualityRow> rows,
        List<QualityTarget> targets,
        boolean met,
        long splitSeed,
        double seconds,
        Machine machine) {

    QualityReport {
        rows = List.copyOf(rows);
        targets = List.copyOf(targets);
    }

    static QualityReport of(
            List<QualityRow> rows, List<QualityTarget> targets, long splitSeed, double seconds, Machine machine) {
        boolean met = targets.stream().noneMatch(target -> target.verdict() == QualityTarget.Verdict.MISSED);
        return new QualityReport(rows, targets, met, splitSeed, seconds, machine);
    }

    /** Three tables in Markdown: targets, ratings, rankings. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("Machine: ").append(machine).append("\n\n");
        text.append("| data | protocol | algorithm | metric | target | bound | reached | |\n");
        text.append("|---|---|---|---|---|--:|--:|---|\n");
        targets.forEach(target -> text.append(target(target)));
        text.append(
                "\n| data | protocol | algorithm | hyperparameters | RMSE of folds | mean RMSE by seed | MAE | s |\n");
        text.append("|---|---|---|---|---|---|--:|--:|\n");
        rows.stream().filter(row -> !row.folds().isEmpty()).forEach(row -> text.append(rating(row)));
        text.append("\n| data | protocol | algorithm | hyperparameters | users | NDCG@10 by seed | Recall@20 by seed |"
                + " NDCG@10 validation | s |\n");
        text.append("|---|---|---|---|--:|---|---|--:|--:|\n");
        rows.stream().filter(row -> row.folds().isEmpty()).forEach(row -> text.append(ranking(row)));
        text.append(String.format(
                Locale.ROOT,
                "%nHyperparameters not shown have their defaults. Splits by seed %d, trainings by seeds %s. %.0f s.",
                splitSeed,
                rows.stream()
                        .flatMap(row -> row.seeds().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                seconds));
        return text.toString();
    }

    private static String target(QualityTarget target) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %.4f | **%.4f** | %s |%n",
                target.dataset(),
                target.protocol(),
                target.label(),
                target.metric(),
                target.rule(),
                target.bound(),
                target.reached(),
                target.verdict());
    }

    private static String rating(QualityRow row) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %.4f | %.0f |%n",
                row.dataset(),
                row.protocol(),
                row.label(),
                shown(row),
                numbers(row.folds()),
                numbers(row.bySeed().getOrDefault("rmse", List.of())),
                row.metric("mae"),
                row.seconds());
    }

    private static String ranking(QualityRow row) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %d | %s | %s | %s | %.0f |%n",
                row.dataset(),
                row.protocol(),
                row.label(),
                shown(row),
                row.users(),
                numbers(row.bySeed().getOrDefault("ndcg@10", List.of())),
                numbers(row.bySeed().getOrDefault("recall@20", List.of())),
                row.validation() == 0 ? "" : String.format(Locale.ROOT, "%.4f", row.validation()),
                row.seconds());
    }

    private static String numbers(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.4f", value))
                .collect(Collectors.joining(", "));
    }

    private static String shown(QualityRow row) {
        return row.hyperparameters().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
