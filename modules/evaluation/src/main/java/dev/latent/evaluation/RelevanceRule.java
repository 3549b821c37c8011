package dev.latent.evaluation;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import java.util.List;

/**
 * Which test interactions a ranking should have found: those whose value is at least a minimum. The others stay in the
 * catalogue as items that are not relevant, and a user who has only such ones is not counted.
 *
 * @param minimumValue {@link Double#NEGATIVE_INFINITY} when every interaction counts
 */
public record RelevanceRule(double minimumValue) {

    /** The hyperparameter by which an algorithm says from which value on an interaction counts as liked. */
    public static final String HYPERPARAMETER = "minimum_value";

    /** Every test interaction is relevant. */
    public static final RelevanceRule ALL = new RelevanceRule(Double.NEGATIVE_INFINITY);

    /** Checks the value. */
    public RelevanceRule {
        if (Double.isNaN(minimumValue)) {
            throw new IllegalArgumentException("Relevance rule needs a minimum value, got NaN");
        }
    }

    /**
     * Follows an algorithm: what it does not learn as liked is not asked for.
     *
     * @param declared the algorithm's declarations
     * @param hyperparameters of the run
     * @return the value of {@value #HYPERPARAMETER} when the algorithm declares a number of that name, else {@link #ALL}
     */
    public static RelevanceRule of(List<Hyperparameter> declared, Hyperparameters hyperparameters) {
        for (Hyperparameter declaration : declared) {
            if (declaration.name().equals(HYPERPARAMETER)) {
                if (declaration instanceof Hyperparameter.OfReal) {
                    return new RelevanceRule(hyperparameters.real(HYPERPARAMETER));
                } else if (declaration instanceof Hyperparameter.OfInteger) {
                    return new RelevanceRule(hyperparameters.integer(HYPERPARAMETER));
                }
            }
        }
        return ALL;
    }

    boolean isRelevant(float value) {
        return value >= minimumValue;
    }
}
