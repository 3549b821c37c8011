package dev.latent.cli.offline;

import dev.latent.cli.terminal.Table;
import dev.latent.training.offline.EvaluationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An evaluation for people. */
final class EvaluationText {

    private EvaluationText() {}

    /** One row a metric: its value, its interval and what the baselines came to. */
    static Table table(EvaluationReport report) {
        Map<?, ?> baselines = report.map("baselines");
        List<String> headings = new ArrayList<>(List.of("METRIC", ">VALUE", ">LOW", ">HIGH"));
        baselines
                .keySet()
                .forEach(name -> headings.add(">" + String.valueOf(name).toUpperCase(Locale.ROOT)));
        Table table = Table.of(headings.toArray(String[]::new));
        report.map("metrics").forEach((name, estimate) -> {
            Map<?, ?> values = (Map<?, ?>) estimate;
            List<Object> cells = new ArrayList<>(
                    List.of(name, number(values.get("value")), number(values.get("low")), number(values.get("high"))));
            baselines.values().forEach(baseline -> cells.add(number(((Map<?, ?>) baseline).get(name))));
            table.row(cells.toArray());
        });
        return table;
    }

    private static String number(@Nullable Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.5f", number) : "";
    }

    /** What else there is to know, a line each. */
    static List<String> lines(EvaluationReport report) {
        Map<String, Object> fields = report.fields();
        List<String> lines = new ArrayList<>();
        lines.add(fields.get("algorithm") + " " + fields.get("hyperparameters"));
        lines.add("protocol " + fields.get("protocol") + " (" + fields.get("split") + "), seed " + fields.get("seed")
                + ", " + fields.get("users") + " users measured, " + number(fields.get("seconds")) + " s");
        lines.add("of " + fields.get("denominators"));
        report.map("segments").forEach((kind, bySegment) -> lines.add("by " + kind + ": " + bySegment));
        report.list("folds").forEach(fold -> lines.add("fold " + fold));
        report.list("notes").forEach(note -> lines.add("note: " + note));
        return lines;
    }
}
