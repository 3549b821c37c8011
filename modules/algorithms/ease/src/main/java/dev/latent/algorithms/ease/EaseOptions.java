package dev.latent.algorithms.ease;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Scale;
import java.util.List;
import java.util.Map;

/**
 * The declared hyperparameters, and their values in typed form.
 *
 * @param regularization λ, added to the diagonal
 * @param rule what an interaction counts
 */
record EaseOptions(double regularization, CountingRule rule) {

    static final String REGULARIZATION = "regularization";
    static final String WEIGHT = "weight";
    static final String MINIMUM_VALUE = "minimum_value";
    static final String COUNT = "count";
    static final String VALUE = "value";

    static final List<Hyperparameter> DECLARED = List.of(
            new Hyperparameter.OfReal(
                    REGULARIZATION,
                    "λ, added to the number of users of each item. Raise it for sparse data; 100 to 1000 suit most sets.",
                    300,
                    0.001,
                    1_000_000,
                    Scale.LOG),
            new Hyperparameter.OfChoice(
                    WEIGHT,
                    "What an interaction counts: 'count' 1, 'value' its value, beyond ±10⁹ as that.",
                    COUNT,
                    List.of(COUNT, VALUE)),
            new Hyperparameter.OfReal(
                    MINIMUM_VALUE,
                    "Interactions of a lower value were seen but not liked and are left out, for example 3.5 for ratings"
                            + " of 1 to 5.",
                    0,
                    -1_000_000,
                    1_000_000,
                    Scale.LINEAR));

    /** What a tuner tries: which interactions count is for the owner of the data to say. */
    static final List<Hyperparameter> SEARCHED =
            List.of(new Hyperparameter.OfReal(REGULARIZATION, "From dense to sparse data.", 300, 5, 10_000, Scale.LOG));

    /** One strength after another, about half a magnitude apart. */
    static final List<Map<String, String>> STARTS = List.of(
            Map.of(REGULARIZATION, "100"),
            Map.of(REGULARIZATION, "30"),
            Map.of(REGULARIZATION, "1000"),
            Map.of(REGULARIZATION, "10"));

    static EaseOptions of(Hyperparameters values) {
        boolean byValue = values.choice(WEIGHT).equals(VALUE);
        return new EaseOptions(
                values.real(REGULARIZATION), new CountingRule(byValue, (float) values.real(MINIMUM_VALUE)));
    }
}
