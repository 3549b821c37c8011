package dev.latent.cli.evaluating;

import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.EvaluationPart;
import dev.latent.v1.MetricEstimate;
import dev.latent.v1.ModelVersionEvaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Evaluations of versions as programs read them: the fields of an evaluation on files, and those of a version. */
public final class EvaluationFields {

    private static final String FOLD = "fold";

    private EvaluationFields() {}

    /**
     * Returns all fields.
     *
     * @param evaluation as the server has it
     * @return in the order to show them
     */
    public static Map<String, Object> of(ModelVersionEvaluation evaluation) {
        Map<String, Object> fields = Json.object(
                "protocol", evaluation.getProtocol(),
                "seed", evaluation.getSeed(),
                "users", evaluation.getUsers(),
                "metrics", metrics(evaluation),
                "baselines", baselines(evaluation),
                "seconds", evaluation.getSeconds(),
                "seconds_train", evaluation.getTrainingSeconds(),
                "version", evaluation.getVersion(),
                "number", evaluation.getNumber(),
                "subject", word(Words.state(evaluation.getSubject(), "SUBJECT_")));
        if (evaluation.hasSeenInTraining()) {
            fields.put("seen_in_training", evaluation.getSeenInTraining());
        }
        fields.put("basis", word(Words.state(evaluation.getBasis(), "BASIS_")));
        fields.put("split", evaluation.getSplit());
        fields.put("denominators", new TreeMap<>(evaluation.getDenominatorsMap()));
        fields.put("segments", segments(evaluation));
        fields.put("definitions", new TreeMap<>(evaluation.getDefinitionsMap()));
        List<Map<String, Double>> folds = folds(evaluation);
        if (!folds.isEmpty()) {
            fields.put("folds", folds);
        }
        fields.put("notes", List.copyOf(evaluation.getNotesList()));
        fields.put("created", Words.time(evaluation.getCreateTime()));
        fields.put("actor", evaluation.getActor());
        return fields;
    }

    private static String word(String state) {
        return state.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Object> metrics(ModelVersionEvaluation evaluation) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        for (MetricEstimate estimate : evaluation.getMetricsList()) {
            Map<String, Object> one = Json.object("value", estimate.getValue());
            if (estimate.hasLow() && estimate.hasHigh()) {
                one.put("low", estimate.getLow());
                one.put("high", estimate.getHigh());
            }
            metrics.put(estimate.getName(), one);
        }
        return metrics;
    }

    private static Map<String, Object> baselines(ModelVersionEvaluation evaluation) {
        Map<String, Object> baselines = new LinkedHashMap<>();
        evaluation
                .getBaselinesList()
                .forEach(baseline -> baselines.put(baseline.getName(), new TreeMap<>(baseline.getMetricsMap())));
        return baselines;
    }

    private static Map<String, Map<String, Object>> segments(ModelVersionEvaluation evaluation) {
        Map<String, Map<String, Object>> segments = new LinkedHashMap<>();
        for (EvaluationPart part : evaluation.getPartsList()) {
            if (!part.getKind().equals(FOLD)) {
                segments.computeIfAbsent(part.getKind(), _ -> new LinkedHashMap<>())
                        .put(part.getName(), new TreeMap<>(part.getMetricsMap()));
            }
        }
        return segments;
    }

    private static List<Map<String, Double>> folds(ModelVersionEvaluation evaluation) {
        List<Map<String, Double>> folds = new ArrayList<>();
        for (EvaluationPart part : evaluation.getPartsList()) {
            if (part.getKind().equals(FOLD)) {
                folds.add(new TreeMap<>(part.getMetricsMap()));
            }
        }
        return folds;
    }

    /**
     * Returns an evaluation in a line.
     *
     * @param evaluation as the server has it
     * @return what was measured, how and what it came to
     */
    public static String line(ModelVersionEvaluation evaluation) {
        String metrics = evaluation.getMetricsList().stream()
                .map(estimate -> estimate.getName() + " " + Words.number(estimate.getValue()))
                .collect(Collectors.joining(", "));
        String subject = evaluation.getSubject() == ModelVersionEvaluation.Subject.SUBJECT_ALGORITHM
                ? " of its algorithm, trained again"
                : " of the version";
        return Words.time(evaluation.getCreateTime()) + " " + evaluation.getProtocol() + subject + ", "
                + Words.count(evaluation.getUsers()) + " users: " + metrics;
    }
}
