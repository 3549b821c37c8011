package dev.latent.cli.training;

import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.NamedValue;
import dev.latent.v1.Run;
import dev.latent.v1.RunProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs in words. */
final class RunText {

    private RunText() {}

    static String state(Run run) {
        return Words.state(run.getState(), "STATE_");
    }

    static boolean hasEnded(Run run) {
        return switch (run.getState()) {
            case STATE_SUCCEEDED, STATE_FAILED, STATE_CANCELLED -> true;
            default -> false;
        };
    }

    /** What a run does now, such as {@code train 3/20}; what came of it when it has ended. */
    static String progress(Run run) {
        if (hasEnded(run)) {
            return run.getVersion();
        }
        RunProgress progress = run.getProgress();
        String percent = String.format(Locale.ROOT, "%.0f%%", 100 * progress.getFraction());
        return progress.getPhase().isEmpty() ? "" : progress.getPhase() + " " + percent;
    }

    static String values(List<NamedValue> values) {
        return values.stream()
                .map(value -> value.getName() + " " + Words.number(value.getValue()))
                .collect(Collectors.joining("  "));
    }

    static String duration(Run run, Instant now) {
        if (!run.hasStartTime()) {
            return "";
        }
        Instant end = run.hasEndTime() ? Words.instant(run.getEndTime()) : now;
        return Words.span(Duration.between(Words.instant(run.getStartTime()), end));
    }

    /** The holdout's measures beside those of popularity. */
    static Table measures(Map<String, Double> metrics, Map<String, Double> popularity, String heading) {
        Table table = Table.of("MEASURE", ">" + heading, ">POPULARITY");
        new TreeMap<>(metrics).forEach((name, value) -> {
            Double beside = popularity.get(name);
            table.row(name, Words.number(value), beside == null ? "" : Words.number(beside));
        });
        return table;
    }

    static Map<String, Object> json(Run run) {
        Map<String, Object> json = Json.object(
                "id", run.getId(),
                "model", run.getModel(),
                "dataset", run.getDataset(),
                "algorithm", run.getAlgorithm(),
                "state", state(run),
                "version", run.getVersion(),
                "message", run.getMessage(),
                "hyperparameters", new TreeMap<>(run.getHyperparametersMap()),
                "seed", run.getSeed(),
                "start_version", run.getStartVersion(),
                "peak_memory_bytes", run.getPeakMemoryBytes(),
                "metrics", new TreeMap<>(run.getMetricsMap()),
                "baseline_metrics", new TreeMap<>(run.getBaselineMetricsMap()),
                "evaluation_protocol", run.getEvaluationProtocol());
        json.put("progress", json(run.getProgress()));
        json.put("created", Words.time(run.getCreateTime()));
        json.put("started", Words.time(run.getStartTime()));
        json.put("ended", Words.time(run.getEndTime()));
        json.put("actor", run.getActor());
        return json;
    }

    private static Map<String, Object> json(RunProgress progress) {
        return Json.object(
                "phase", progress.getPhase(),
                "sweep", progress.getSweep(),
                "sweeps", progress.getSweeps(),
                "fraction", progress.getFraction(),
                "loss", json(progress.getLossList()),
                "metrics", json(progress.getMetricsList()));
    }

    private static Map<String, Object> json(List<NamedValue> values) {
        Map<String, Object> json = Json.object();
        values.forEach(value -> json.put(value.getName(), value.getValue()));
        return json;
    }
}
