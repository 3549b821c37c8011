package dev.latent.training.tuning;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one sweep of a trial came to.
 *
 * @param number from 1
 * @param planned how many the trial means to make
 * @param metric of the validation part
 * @param loss parts of the objective by name
 * @param seconds since the trial began
 */
public record TrialSweep(int number, int planned, double metric, Map<String, Double> loss, double seconds) {

    /** Copies the map, keeping its order. */
    public TrialSweep {
        loss = Collections.unmodifiableMap(new LinkedHashMap<>(loss));
    }
}
