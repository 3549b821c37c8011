package dev.latent.training.evaluations;

import java.util.List;

/**
 * What is to be measured.
 *
 * @param model of the version
 * @param version its number
 * @param protocol with what
 * @param metrics names as {@link dev.latent.evaluation.Metric} reads them; none for those that suit version and protocol
 * @param baselines whether the baselines are measured beside
 * @param seed of splits, trainings and intervals
 * @param threads to keep busy; 0 for what the host is configured for
 * @param requestedBy who asks, kept with the result
 */
public record EvaluationSpec(
        String model,
        int version,
        VersionProtocol protocol,
        List<String> metrics,
        boolean baselines,
        long seed,
        int threads,
        String requestedBy) {

    /** Copies the metrics. */
    public EvaluationSpec {
        metrics = List.copyOf(metrics);
    }
}
