package dev.latent.interactions;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an interaction of each type counts when types are combined into one value of (user, item): the sum over types of
 * weight × value. The one rule for training snapshots and for the fold-in of a served user.
 *
 * @param byType weight by type, finite and above 0; types that are absent are left out. Empty: every type counts 1
 */
public record TypeWeights(SortedMap<String, Float> byType) {

    /** Every type counts 1. */
    public static final TypeWeights ALL = new TypeWeights(new TreeMap<>());

    /**
     * Checks and copies.
     *
     * @throws InvalidValueException when a type or weight is not acceptable
     */
    public TypeWeights {
        byType = Collections.unmodifiableSortedMap(new TreeMap<>(byType));
        byType.forEach((type, weight) -> {
            Names.checkType("type_weights", type);
            if (!Float.isFinite(weight) || weight <= 0) {
                throw new InvalidValueException(
                        "type_weights", "gives '" + type + "' the weight " + weight + ", must be finite and above 0");
            }
        });
    }

    /**
     * Weights of the types that count.
     *
     * @param byType see {@link TypeWeights}
     * @return the weights
     */
    public static TypeWeights of(Map<String, Float> byType) {
        return new TypeWeights(new TreeMap<>(byType));
    }

    /**
     * Returns the weight of a type.
     *
     * @param type any
     * @return 0 when it is left out
     */
    public float weight(String type) {
        if (byType.isEmpty()) {
            return 1;
        }
        return byType.getOrDefault(type, 0f);
    }
}
