package dev.latent.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one pass over the data came to.
 *
 * @param number from 1
 * @param planned how many sweeps the run will make unless it stops early
 * @param loss the parts of the objective by name, in the order to show them, for example {@code observed},
 *     {@code unobserved}, {@code regularization}; their sum is the objective
 * @param metrics further numbers by name, for example {@code train_rmse}
 */
public record Sweep(int number, int planned, Map<String, Double> loss, Map<String, Double> metrics) {

    /** Copies the maps, keeping their order. */
    public Sweep {
        if (number < 1 || planned < number) {
            throw new IllegalArgumentException("Sweep " + number + " of " + planned);
        }
        loss = Collections.unmodifiableMap(new LinkedHashMap<>(loss));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * Returns the value of the whole objective.
     *
     * @return the sum of the loss parts
     */
    public double totalLoss() {
        return loss.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
