package dev.latent.cli.tuning;

import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.training.tuning.Trial;
import dev.latent.training.tuning.TuningResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of a search, in words. */
final class TuningText {

    private TuningText() {}

    static Table table(TuningResult result) {
        Table table =
                Table.of(">TRIAL", "STATE", ">" + result.metric().name().toUpperCase(Locale.ROOT), ">SECONDS", "SET");
        for (Trial trial : result.trials()) {
            boolean best = trial.number() == result.best().number();
            table.row(
                    (best ? "* " : "") + trial.number(),
                    trial.state().name(),
                    trial.metric().isPresent() ? Words.number(trial.metric().getAsDouble()) : "",
                    String.format(Locale.ROOT, "%.1f", trial.seconds()),
                    TrialLines.settings(trial.set()));
        }
        return table;
    }

    static Map<String, Object> json(TuningResult result) {
        List<Map<String, Object>> trials = result.trials().stream()
                .map(trial -> {
                    Map<String, Object> json = Json.object(
                            "set", trial.set(),
                            "metric", trial.metric().orElse(Double.NaN),
                            "state", trial.state().name(),
                            "seconds", trial.seconds());
                    if (!trial.message().isEmpty()) {
                        json.put("message", trial.message());
                    }
                    return json;
                })
                .toList();
        return Json.object(
                "best",
                Json.object(
                        "set",
                        result.best().set(),
                        "metric",
                        result.best().metric().orElse(Double.NaN)),
                "trials",
                trials);
    }
}
