package dev.latent.models;

import dev.latent.spi.Task;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a version was trained on and how long it took.
 *
 * @param task what a score means
 * @param hyperparameters all of them by name, defaults included
 * @param seed from which all randomness followed
 * @param dataset its name
 * @param typeWeights weight of each interaction type; types not named were left out. Empty when all types counted once
 * @param snapshotFingerprint of what it was trained on
 * @param sweeps how many passes were made
 * @param durationSeconds from start to end of the training
 */
public record TrainingFacts(
        Task task,
        Map<String, String> hyperparameters,
        long seed,
        String dataset,
        Map<String, Float> typeWeights,
        String snapshotFingerprint,
        int sweeps,
        double durationSeconds) {

    /** Copies the maps, in the order of names. */
    public TrainingFacts {
        hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
        typeWeights = Collections.unmodifiableMap(new TreeMap<>(typeWeights));
        if (sweeps < 0 || !(durationSeconds >= 0) || !Double.isFinite(durationSeconds)) {
            throw new IllegalArgumentException(
                    "Training made " + sweeps + " sweeps in " + durationSeconds + " seconds, expected at least 0");
        }
    }
}
