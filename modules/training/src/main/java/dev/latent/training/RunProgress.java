package dev.latent.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How far a run is.
 *
 * @param phase what it does now
 * @param sweep the current pass over the data, from 1; 0 outside training
 * @param sweeps passes planned; 0 outside training
 * @param fraction done of the phase, 0 to 1
 * @param loss parts of the objective after the last whole sweep, in the order to show them
 * @param metrics further numbers of the last whole sweep; {@code validation_…} are the host's
 * @param remainingSeconds estimated time to the end of the phase
 */
public record RunProgress(
        Phase phase,
        int sweep,
        int sweeps,
        double fraction,
        Map<String, Double> loss,
        Map<String, Double> metrics,
        OptionalDouble remainingSeconds) {

    /** What a run does, in this order. */
    public enum Phase {
        /** Waits for its turn. */
        QUEUE,
        /** Copies the dataset. */
        SNAPSHOT,
        /** Trains on what is not held out. */
        TRAIN,
        /** Measures on what is held out. */
        EVALUATE,
        /** Trains on everything. */
        REFIT,
        /** Stores and seals the version. */
        PUBLISH
    }

    /** Copies the maps, keeping their order. */
    public RunProgress {
        loss = Collections.unmodifiableMap(new LinkedHashMap<>(loss));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    static RunProgress of(Phase phase) {
        return new RunProgress(phase, 0, 0, 0, Map.of(), Map.of(), OptionalDouble.empty());
    }
}
