package dev.latent.cli.models;

import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.Alias;
import dev.latent.v1.Baseline;
import dev.latent.v1.FallbackPolicy;
import dev.latent.v1.Model;
import dev.latent.v1.ModelVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Models, versions and aliases in words. */
final class ModelText {

    private ModelText() {}

    static Map<String, Object> json(Model model) {
        return Json.object(
                "name", model.getName(),
                "dataset", model.getDataset(),
                "algorithm", model.getAlgorithm(),
                "hyperparameters", new TreeMap<>(model.getHyperparametersMap()),
                "fallback_policy", fallbackPolicy(model),
                "aliases", model.getAliasesList().stream().map(ModelText::json).toList(),
                "created", Words.time(model.getCreateTime()));
    }

    static Map<String, Object> json(Alias alias) {
        return Json.object(
                "name", alias.getName(),
                "version", alias.getVersion(),
                "generation", alias.getGeneration(),
                "state", state(alias),
                "reason", alias.getStateReason(),
                "serving_version", alias.getServingVersion(),
                "updated", Words.time(alias.getUpdateTime()));
    }

    static String fallbackPolicy(Model model) {
        return Words.state(model.getFallbackPolicy(), "FALLBACK_POLICY_")
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    static String state(Alias alias) {
        return Words.state(alias.getState(), "STATE_");
    }

    /** Where aliases point, such as {@code live=7 canary=8}. */
    static String aliases(List<Alias> aliases) {
        return aliases.stream()
                .map(alias -> alias.getName() + "=" + number(alias.getVersion()) + trouble(alias))
                .collect(Collectors.joining(" "));
    }

    private static String trouble(Alias alias) {
        return alias.getState() == Alias.State.STATE_FAILED ? "(FAILED)" : "";
    }

    private static String number(String version) {
        return version.substring(version.indexOf('@') + 1);
    }

    static String state(ModelVersion version) {
        return Words.state(version.getState(), "STATE_");
    }

    static Map<String, Object> shortJson(ModelVersion version) {
        return Json.object(
                "version", version.getName(),
                "state", state(version),
                "aliases", List.copyOf(version.getAliasesList()),
                "metrics", new TreeMap<>(version.getMetricsMap()));
    }

    static Map<String, Object> json(ModelVersion version) {
        Map<String, Object> json = shortJson(version);
        json.put("reason", version.getStateReason());
        json.put("baselines", baselines(version));
        json.put("evaluation_protocol", version.getEvaluationProtocol());
        json.put("algorithm", version.getAlgorithm());
        json.put("algorithm_version", version.getAlgorithmVersion());
        json.put("hyperparameters", new TreeMap<>(version.getHyperparametersMap()));
        json.put("seed", version.getSeed());
        json.put("snapshot_fingerprint", version.getSnapshotFingerprint());
        json.put("users", version.getUserCount());
        json.put("items", version.getItemCount());
        json.put("rank", version.getRank());
        json.put("created", Words.time(version.getCreateTime()));
        json.put("bytes", version.getSizeBytes());
        json.put("run", version.getRun());
        return json;
    }

    private static Map<String, Object> baselines(ModelVersion version) {
        Map<String, Object> json = Json.object();
        for (Baseline baseline : version.getBaselinesList()) {
            json.put(baseline.getName(), new TreeMap<>(baseline.getMetricsMap()));
        }
        return json;
    }

    /** The measure that tells most about a version: ranking first, then rating. */
    static String headline(ModelVersion version) {
        return Optional.ofNullable(version.getMetricsMap().get("ndcg@10"))
                .map(value -> "ndcg@10 " + Words.number(value))
                .or(() -> Optional.ofNullable(version.getMetricsMap().get("rmse"))
                        .map(value -> "rmse " + Words.number(value)))
                .orElse("");
    }

    /** Reads a fallback policy. */
    static final class FallbackConverter implements ITypeConverter<FallbackPolicy> {
        @Override
        public FallbackPolicy convert(String word) {
            return switch (word) {
                case "popular" -> FallbackPolicy.FALLBACK_POLICY_POPULAR;
                case "not-found" -> FallbackPolicy.FALLBACK_POLICY_NOT_FOUND;
                default ->
                    throw new TypeConversionException(
                            "'" + word + "' is not a fallback policy, expected popular or not-found");
            };
        }
    }
}
