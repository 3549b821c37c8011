package dev.latent.cli.algorithms;

import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.Algorithm;
import dev.latent.v1.Hyperparameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Algorithms in words. */
final class AlgorithmText {

    private AlgorithmText() {}

    static String type(Hyperparameter hyperparameter) {
        return Words.state(hyperparameter.getType(), "TYPE_").toLowerCase(Locale.ROOT);
    }

    /** What values are accepted, such as {@code 1..512} or {@code squared|logistic|bpr}. */
    static String accepted(Hyperparameter hyperparameter) {
        return switch (hyperparameter.getType()) {
            case TYPE_CHOICE -> String.join("|", hyperparameter.getChoicesList());
            case TYPE_FLAG -> "true|false";
            case TYPE_INTEGER, TYPE_REAL ->
                number(hyperparameter.getMinimum()) + ".." + number(hyperparameter.getMaximum());
            default -> "";
        };
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return value < 0 ? "-∞" : "∞";
        }
        String plain = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        return plain.length() > 12 ? Double.toString(value) : plain;
    }

    static Map<String, Object> json(Algorithm algorithm) {
        return Json.object(
                "name", algorithm.getName(),
                "description", algorithm.getDescription(),
                "plugin", algorithm.getPlugin(),
                "plugin_version", algorithm.getPluginVersion(),
                "hyperparameters",
                        algorithm.getHyperparametersList().stream()
                                .map(AlgorithmText::json)
                                .toList());
    }

    private static Map<String, Object> json(Hyperparameter hyperparameter) {
        Map<String, Object> json = Json.object(
                "name", hyperparameter.getName(),
                "description", hyperparameter.getDescription(),
                "type", type(hyperparameter),
                "default", hyperparameter.getDefaultValue());
        switch (hyperparameter.getType()) {
            case TYPE_CHOICE -> json.put("choices", List.copyOf(hyperparameter.getChoicesList()));
            case TYPE_INTEGER, TYPE_REAL -> {
                json.put("minimum", hyperparameter.getMinimum());
                json.put("maximum", hyperparameter.getMaximum());
                json.put(
                        "scale",
                        Words.state(hyperparameter.getScale(), "SCALE_").toLowerCase(Locale.ROOT));
            }
            default -> {
                // The type says it all.
            }
        }
        return json;
    }
}
