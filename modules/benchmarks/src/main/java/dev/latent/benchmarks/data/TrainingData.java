package dev.latent.benchmarks.data;

import dev.latent.spi.Snapshot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What to train on and what to measure with.
 *
 * @param name of the set or the path it was read from
 * @param protocol how train and test were parted
 * @param train what to learn from
 * @param foldIn histories of users who are not in {@code train}, numbered as in {@code test}; empty when the users of
 *     {@code test} are those of {@code train}
 * @param test what to measure with
 * @param facts what is known of the set, by name, such as {@code rmse_planted}
 */
public record TrainingData(
        String name,
        String protocol,
        Snapshot train,
        Optional<Snapshot> foldIn,
        Snapshot test,
        Map<String, Double> facts) {

    /** Copies the facts, keeping their order. */
    public TrainingData {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
