package dev.latent.training.offline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to evaluate.
 *
 * @param algorithm its name
 * @param hyperparameters those that are not to be the algorithm's defaults
 * @param protocol what is learned from and what is measured with
 * @param metrics names as {@link dev.latent.evaluation.Metric} reads them; none for those that suit algorithm and protocol
 * @param baselines whether the baselines are measured beside
 * @param effort seed and threads
 */
public record EvaluationRequest(
        String algorithm,
        Map<String, String> hyperparameters,
        EvaluationProtocol protocol,
        List<String> metrics,
        boolean baselines,
        Effort effort) {

    /** Copies map and list. */
    public EvaluationRequest {
        hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
        metrics = List.copyOf(metrics);
    }

    /**
     * From what all random numbers follow, and how much of the machine is used.
     *
     * @param seed of the split, the training and the intervals
     * @param threads to keep busy, at least 1; no result depends on it
     */
    public record Effort(long seed, int threads) {

        /** Checks the number of threads. */
        public Effort {
            if (threads < 1) {
                throw new IllegalArgumentException("Evaluation needs at least 1 thread, got " + threads);
            }
        }
    }
}
