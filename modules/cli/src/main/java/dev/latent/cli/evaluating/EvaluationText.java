package dev.latent.cli.evaluating;

import dev.latent.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An evaluation for people, from the fields that programs read. */
final class EvaluationText {

    private EvaluationText() {}

    /** One row a metric: its value, its interval and what the baselines came to. */
    static Table table(Map<String, Object> fields) {
        Map<?, ?> baselines = map(fields, "baselines");
        List<String> headings = new ArrayList<>(List.of("METRIC", ">VALUE", ">LOW", ">HIGH"));
        baselines
                .keySet()
                .forEach(name -> headings.add(">" + String.valueOf(name).toUpperCase(Locale.ROOT)));
        Table table = Table.of(headings.toArray(String[]::new));
        map(fields, "metrics").forEach((name, estimate) -> {
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

    private static Map<?, ?> map(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof List<?> list ? list : List.of();
    }

    /** What else there is to know, a line each. */
    static List<String> lines(Map<String, Object> fields) {
        List<String> lines = new ArrayList<>();
        lines.add(
                fields.containsKey("version")
                        ? fields.get("version") + " evaluation " + fields.get("number") + ", of the "
                                + fields.get("subject")
                        : fields.get("algorithm") + " " + fields.get("hyperparameters"));
        lines.add("protocol " + fields.get("protocol") + " (" + fields.get("split") + "), seed " + fields.get("seed")
                + ", " + fields.get("users") + " users measured, " + number(fields.get("seconds")) + " s");
        lines.add("of " + fields.get("denominators"));
        if (fields.get("seen_in_training") instanceof Double share) {
            lines.add("seen in training: " + String.format(Locale.ROOT, "%.1f %%", 100 * share) + " of the test, "
                    + fields.get("basis") + "; left out");
        }
        map(fields, "segments").forEach((kind, bySegment) -> lines.add("by " + kind + ": " + bySegment));
        list(fields, "folds").forEach(fold -> lines.add("fold " + fold));
        list(fields, "notes").forEach(note -> lines.add("note: " + note));
        return lines;
    }
}
