package dev.latent.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of all hyperparameters of one run: complete, typed and within their ranges. Immutable and thread-safe.
 */
public final class Hyperparameters {

    private final Map<String, Hyperparameter> declarations;
    private final Map<String, String> values;

    private Hyperparameters(Map<String, Hyperparameter> declarations, Map<String, String> values) {
        this.declarations = declarations;
        this.values = values;
    }

    /**
     * Completes given values by the declared defaults and checks them all.
     *
     * @param declared the algorithm's declarations
     * @param given values by name, as text
     * @return one value for each declaration
     * @throws InvalidHyperparametersException naming every unknown name and every value out of range
     */
    public static Hyperparameters resolve(List<Hyperparameter> declared, Map<String, String> given) {
        Map<String, Hyperparameter> declarations = new LinkedHashMap<>();
        for (Hyperparameter declaration : declared) {
            declarations.put(declaration.name(), declaration);
        }
        List<InvalidHyperparametersException.Violation> violations = new ArrayList<>();
        given.forEach((name, text) -> check(declarations, name, text, violations));
        if (!violations.isEmpty()) {
            throw new InvalidHyperparametersException(violations);
        }
        Map<String, String> values = new LinkedHashMap<>();
        declarations.forEach(
                (name, declaration) -> values.put(name, given.getOrDefault(name, declaration.defaultText())));
        return new Hyperparameters(declarations, values);
    }

    private static void check(
            Map<String, Hyperparameter> declarations,
            String name,
            String text,
            List<InvalidHyperparametersException.Violation> violations) {
        Hyperparameter declaration = declarations.get(name);
        if (declaration == null) {
            violations.add(new InvalidHyperparametersException.Violation(
                    name,
                    "no such hyperparameter; the algorithm declares " + String.join(", ", declarations.keySet())));
        } else {
            declaration
                    .violation(text)
                    .ifPresent(problem -> violations.add(new InvalidHyperparametersException.Violation(name, problem)));
        }
    }

    /**
     * Returns a whole number.
     *
     * @param name the name of an {@link Hyperparameter.OfInteger}
     * @return its value
     */
    public long integer(String name) {
        return Long.parseLong(text(name, Hyperparameter.OfInteger.class));
    }

    /**
     * Returns a whole number that the declaration keeps within 32 bits.
     *
     * @param name the name of an {@link Hyperparameter.OfInteger}
     * @return its value
     * @throws ArithmeticException when it does not fit
     */
    public int int32(String name) {
        return Math.toIntExact(integer(name));
    }

    /**
     * Returns a real number.
     *
     * @param name the name of an {@link Hyperparameter.OfReal}
     * @return its value
     */
    public double real(String name) {
        return Double.parseDouble(text(name, Hyperparameter.OfReal.class));
    }

    /**
     * Returns a word.
     *
     * @param name the name of an {@link Hyperparameter.OfChoice}
     * @return one of its choices
     */
    public String choice(String name) {
        return text(name, Hyperparameter.OfChoice.class);
    }

    /**
     * Returns a yes or no.
     *
     * @param name the name of an {@link Hyperparameter.OfFlag}
     * @return its value
     */
    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name, Hyperparameter.OfFlag.class));
    }

    /**
     * Returns all values as text.
     *
     * @return values by name in the order of declaration; unmodifiable
     */
    public Map<String, String> asMap() {
        return Collections.unmodifiableMap(values);
    }

    private String text(String name, Class<? extends Hyperparameter> type) {
        Hyperparameter declaration = declarations.get(name);
        if (!type.isInstance(declaration)) {
            throw new IllegalArgumentException("Hyperparameter '" + name + "' is not declared as "
                    + type.getSimpleName() + " but as " + (declaration == null ? "nothing" : declaration.range()));
        }
        return values.get(name);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
