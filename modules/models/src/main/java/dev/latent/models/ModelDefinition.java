package dev.latent.models;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A named thing that is served: what its versions are trained on and how.
 *
 * @param name {@code [a-z][a-z0-9-]{0,62}}
 * @param dataset what it is trained on, named by the same rule
 * @param algorithm the plugin that trains it
 * @param hyperparameters values by name, as they were given; in the order of names
 * @param fallback what answers for users without a vector, for example {@code popularity}
 * @param revision 1 when created, one more with each update; 0 before
 * @param created when; the epoch before
 * @param updated when it was last changed
 */
public record ModelDefinition(
        String name,
        String dataset,
        String algorithm,
        Map<String, String> hyperparameters,
        String fallback,
        long revision,
        Instant created,
        Instant updated) {

    /** The fallback of a model that asks for no other. */
    public static final String DEFAULT_FALLBACK = "popularity";

    /** Checks the names and copies the map. */
    public ModelDefinition {
        Names.checkModel(name);
        Names.check("dataset name", dataset);
        Names.check("algorithm name", algorithm);
        Names.checkText("fallback", fallback, 0, 64);
        hyperparameters.forEach((key, value) -> {
            Names.checkText("hyperparameter name", key, 1, 128);
            Names.checkText("hyperparameter value", value, 0, 4096);
        });
        hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
    }

    /**
     * Describes a model that is to be created.
     *
     * @param name of the model
     * @param dataset what it is trained on
     * @param algorithm the plugin that trains it
     * @param hyperparameters values by name
     * @return with the default fallback
     */
    public static ModelDefinition of(
            String name, String dataset, String algorithm, Map<String, String> hyperparameters) {
        return new ModelDefinition(
                name, dataset, algorithm, hyperparameters, DEFAULT_FALLBACK, 0, Instant.EPOCH, Instant.EPOCH);
    }

    /**
     * Changes the fallback.
     *
     * @param value what answers for users without a vector
     * @return a copy
     */
    public ModelDefinition withFallback(String value) {
        return new ModelDefinition(name, dataset, algorithm, hyperparameters, value, revision, created, updated);
    }

    /**
     * Changes how versions are trained from now on.
     *
     * @param newAlgorithm the plugin
     * @param newHyperparameters values by name
     * @return a copy
     */
    public ModelDefinition withTraining(String newAlgorithm, Map<String, String> newHyperparameters) {
        return new ModelDefinition(
                name, dataset, newAlgorithm, newHyperparameters, fallback, revision, created, updated);
    }

    ModelDefinition stamped(long newRevision, Instant firstCreated, Instant now) {
        return new ModelDefinition(name, dataset, algorithm, hyperparameters, fallback, newRevision, firstCreated, now);
    }
}
