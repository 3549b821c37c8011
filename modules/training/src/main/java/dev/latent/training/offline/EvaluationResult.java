package dev.latent.training.offline;

import dev.latent.evaluation.Estimate;
import java.util.List;
import java.util.Map;

/**
 * What the measurements of a plan came to; maps in the order in which their entries are to be shown.
 *
 * @param split how the data was parted, for a person
 * @param users how many were measured
 * @param metrics by the names they were asked for
 * @param baselines the same metrics of simple methods, by their name
 * @param segments by {@code users} or {@code items}, then by the name of the segment, then by metric
 * @param folds the metrics of each part, when there are several
 * @param denominators what the metrics are of
 * @param definitions how each metric is computed
 * @param notes for a person
 */
public record EvaluationResult(
        String split,
        int users,
        Map<String, Estimate> metrics,
        Map<String, Map<String, Double>> baselines,
        Map<String, Map<String, Map<String, Double>>> segments,
        List<Map<String, Double>> folds,
        Map<String, Long> denominators,
        Map<String, String> definitions,
        List<String> notes) {}
