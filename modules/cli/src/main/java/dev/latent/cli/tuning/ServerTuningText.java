package dev.latent.cli.tuning;

import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.Tuning;
import dev.latent.v1.TuningTrial;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What came of a search on a server, in words. */
final class ServerTuningText {

    private static final Set<String> ERRORS = Set.of("rmse", "mae");

    private ServerTuningText() {}

    private static String state(TuningTrial trial) {
        return Words.state(trial.getState(), "STATE_");
    }

    /** The best trial: among the complete ones where there are any. */
    private static Optional<TuningTrial> best(Tuning tuning) {
        double sign = ERRORS.contains(tuning.getMetric()) ? 1 : -1;
        return tuning.getTrialsList().stream()
                .filter(TuningTrial::hasMetric)
                .min(Comparator.comparing((TuningTrial trial) -> trial.getState() != TuningTrial.State.STATE_COMPLETE)
                        .thenComparingDouble(trial -> sign * trial.getMetric())
                        .thenComparingInt(TuningTrial::getNumber));
    }

    static Table table(Tuning tuning) {
        int best = best(tuning).map(TuningTrial::getNumber).orElse(0);
        Table table = Table.of(">TRIAL", "STATE", ">" + tuning.getMetric().toUpperCase(Locale.ROOT), ">SECONDS", "SET");
        for (TuningTrial trial : tuning.getTrialsList()) {
            table.row(
                    (trial.getNumber() == best ? "* " : "") + trial.getNumber(),
                    state(trial),
                    trial.hasMetric() ? Words.number(trial.getMetric()) : "",
                    String.format(Locale.ROOT, "%.1f", trial.getSeconds()),
                    TrialLines.settings(new TreeMap<>(trial.getHyperparametersMap())));
        }
        return table;
    }

    static Map<String, Object> json(Tuning tuning, String version) {
        List<Map<String, Object>> trials =
                tuning.getTrialsList().stream().map(ServerTuningText::json).toList();
        Map<String, Object> best = best(tuning)
                .map(trial ->
                        Json.object("set", new TreeMap<>(trial.getHyperparametersMap()), "metric", trial.getMetric()))
                .orElseGet(Json::object);
        return Json.object(
                "id", tuning.getId(),
                "state", Words.state(tuning.getState(), "STATE_"),
                "message", tuning.getMessage(),
                "run", tuning.getRun(),
                "version", version,
                "best", best,
                "trials", trials);
    }

    private static Map<String, Object> json(TuningTrial trial) {
        Map<String, Object> json = Json.object(
                "set",
                new TreeMap<>(trial.getHyperparametersMap()),
                "metric",
                trial.hasMetric() ? trial.getMetric() : Double.NaN,
                "state",
                trial.getState().name().replace("STATE_", ""),
                "seconds",
                trial.getSeconds());
        if (!trial.getMessage().isEmpty()) {
            json.put("message", trial.getMessage());
        }
        return json;
    }
}
