package dev.latent.client;

import java.util.List;
import java.util.Map;

/**
 * The gRPC service config that clients of Latent use: calls that change nothing are tried up to four times while the
 * server answers UNAVAILABLE, with exponential back-off; all others are never repeated.
 */
public final class ServiceConfig {

    private static final Map<String, List<String>> READS = Map.of(
            "RecommenderService", List.of("Recommend", "BatchRecommend", "SimilarItems", "Score"),
            "InteractionService", List.of("ReadInteractions"),
            "DatasetService", List.of("GetDataset", "ListDatasets", "BatchGetItems", "ListItems"),
            "ModelService",
                    List.of("GetModel", "ListModels", "GetModelVersion", "ListModelVersions", "ListLedgerEntries"),
            "TrainingService", List.of("GetRun", "ListRuns"),
            "AlgorithmService", List.of("ListAlgorithms", "GetAlgorithm", "ListPlugins"));

    private ServiceConfig() {}

    /**
     * Returns the config in the form that {@code ManagedChannelBuilder.defaultServiceConfig} takes.
     *
     * @return unmodifiable
     */
    public static Map<String, ?> retriesOfReads() {
        List<Map<String, String>> names =
                retriedMethods().stream().map(ServiceConfig::methodName).toList();
        Map<String, Object> retries = Map.of(
                "maxAttempts",
                4.0,
                "initialBackoff",
                "0.05s",
                "maxBackoff",
                "1s",
                "backoffMultiplier",
                2.0,
                "retryableStatusCodes",
                List.of("UNAVAILABLE"));
        return Map.of(
                "methodConfig",
                List.of(Map.of("name", names, "retryPolicy", retries)),
                "retryThrottling",
                Map.of("maxTokens", 100.0, "tokenRatio", 0.1));
    }

    /** The full names of the methods that are tried again. */
    static List<String> retriedMethods() {
        return READS.entrySet().stream()
                .flatMap(service ->
                        service.getValue().stream().map(method -> "latent.v1." + service.getKey() + "/" + method))
                .sorted()
                .toList();
    }

    private static Map<String, String> methodName(String fullName) {
        int slash = fullName.indexOf('/');
        return Map.of("service", fullName.substring(0, slash), "method", fullName.substring(slash + 1));
    }
}
