package dev.latent.server.config;

import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys that there are, and how close others come to them. */
public final class ConfigKeys {

    static final List<Class<?>> MAPPINGS = List.of(
            GrpcConfig.class,
            HttpConfig.class,
            LimitsConfig.class,
            TrainingConfig.class,
            InteractionsConfig.class,
            ServingConfig.class);

    private static final String ENVIRONMENT = "LATENT_";

    private ConfigKeys() {}

    /** Every key with its default; empty for one that has none. */
    public static SortedMap<String, String> defaults() {
        SortedMap<String, String> defaults = new TreeMap<>();
        for (Class<?> mapping : MAPPINGS) {
            ConfigMappings.getProperties(ConfigClass.configClass(mapping)).forEach((name, property) -> {
                defaults.put(withoutIndex(name), property.hasDefaultValue() ? defaultOf(property) : "");
            });
        }
        return defaults;
    }

    private static String defaultOf(Property property) {
        return property.isPrimitive()
                ? property.asPrimitive().getDefaultValue()
                : property.asLeaf().getDefaultValue();
    }

    static String withoutIndex(String name) {
        return name.replaceAll("\\[[0-9*]*]", "");
    }

    /** The environment variable that sets a key. */
    static String variable(String key) {
        return ENVIRONMENT + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Whether a variable looks as if it was meant to set a key: it begins like the key of some feature. */
    static boolean isMeantAsKey(String variable, SortedMap<String, String> keys) {
        return keys.keySet().stream()
                .map(key -> variable(key.substring(0, key.indexOf('.') + 1)))
                .anyMatch(variable::startsWith);
    }

    /** The candidate that a name was probably meant to be. */
    static Optional<String> closest(String name, Iterable<String> candidates) {
        List<String> close = new ArrayList<>();
        candidates.forEach(candidate -> {
            if (distance(name, candidate) <= Math.max(2, candidate.length() / 3)) {
                close.add(candidate);
            }
        });
        return close.stream().min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** Insertions, deletions and replacements that make one text the other (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
