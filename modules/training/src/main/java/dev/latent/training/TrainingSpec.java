package dev.latent.training;

import dev.latent.evaluation.Split;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run is asked to do.
 *
 * @param model that gets the version
 * @param dataset to learn from
 * @param algorithm to train with
 * @param hyperparameters by name; those that are absent have their declared defaults
 * @param seed from which every random number follows
 * @param threads to keep busy; 0 for what the host is configured for
 * @param split {@value #AUTO_SPLIT}, {@value #NO_SPLIT} or the text of a {@link Split}
 * @param refit whether the version is trained on everything once the holdout has served to measure
 * @param earlyStopping empty to make all sweeps
 * @param warmStart number of the model's version to start from, or {@link #SERVED_VERSION}; empty for a cold start
 * @param typeWeights weight of each interaction type; empty for every type with weight 1
 * @param requestedBy who asks, for the manifest
 * @param requestId the same id again gives the same run; empty for none
 */
public record TrainingSpec(
        String model,
        String dataset,
        String algorithm,
        SortedMap<String, String> hyperparameters,
        long seed,
        int threads,
        String split,
        boolean refit,
        Optional<EarlyStopping> earlyStopping,
        Optional<Integer> warmStart,
        SortedMap<String, Float> typeWeights,
        String requestedBy,
        String requestId) {

    /**
     * Leave-last-out for a model that ranks when times are known, else {@code random:0.1}; {@code random:0.1} for one that
     * predicts ratings.
     */
    public static final String AUTO_SPLIT = "auto";

    /** As {@link #warmStart()}: the version that alias {@code live} points to; without that alias the newest. */
    public static final int SERVED_VERSION = 0;

    /** No holdout: the run is not measured. */
    public static final String NO_SPLIT = "none";

    /** Checks the values and copies the maps. */
    public TrainingSpec {
        hyperparameters = Collections.unmodifiableSortedMap(new TreeMap<>(hyperparameters));
        typeWeights = Collections.unmodifiableSortedMap(new TreeMap<>(typeWeights));
        if (threads < 0) {
            throw new IllegalArgumentException("A run needs at least 1 thread, or 0 for the default, got " + threads);
        }
        if (!split.equals(AUTO_SPLIT) && !split.equals(NO_SPLIT)) {
            Split.parse(split);
        }
        if (warmStart.isPresent() && warmStart.get() < 0) {
            throw new IllegalArgumentException(
                    "A run starts from a version of at least 1, or 0 for the served one, got " + warmStart.get());
        }
        if (requestId.length() > 128) {
            throw new IllegalArgumentException("A request id has at most 128 characters, got " + requestId.length());
        }
    }

    /**
     * Starts a spec from what it cannot do without.
     *
     * @param model that gets the version
     * @param dataset to learn from
     * @param algorithm to train with
     * @return a builder with the algorithm's hyperparameters, seed 1, all threads, the task's split, refit, no early
     *     stopping and all types
     */
    public static Builder builder(String model, String dataset, String algorithm) {
        return new Builder(model, dataset, algorithm);
    }

    /** Fills in what was left open. */
    TrainingSpec filled(Map<String, String> complete, int threadCount, Optional<Integer> startVersion) {
        return new TrainingSpec(
                model,
                dataset,
                algorithm,
                new TreeMap<>(complete),
                seed,
                threadCount,
                split,
                refit,
                earlyStopping,
                startVersion,
                typeWeights,
                requestedBy,
                requestId);
    }

    /** Collects the parts of a {@link TrainingSpec}. Not thread-safe. */
    public static final class Builder {
        private final String model;
        private final String dataset;
        private final String algorithm;
        private final SortedMap<String, String> hyperparameters = new TreeMap<>();
        private final SortedMap<String, Float> typeWeights = new TreeMap<>();
        private long seed = 1;
        private int threads;
        private String split = AUTO_SPLIT;
        private boolean refit = true;
        private Optional<EarlyStopping> earlyStopping = Optional.empty();
        private Optional<Integer> warmStart = Optional.empty();
        private String requestedBy = "unknown";
        private String requestId = "";

        private Builder(String model, String dataset, String algorithm) {
            this.model = model;
            this.dataset = dataset;
            this.algorithm = algorithm;
        }

        /**
         * Sets one hyperparameter.
         *
         * @param name as declared
         * @param value as text
         * @return this
         */
        public Builder hyperparameter(String name, String value) {
            hyperparameters.put(name, value);
            return this;
        }

        /**
         * Sets some hyperparameters.
         *
         * @param values by name
         * @return this
         */
        public Builder hyperparameters(Map<String, String> values) {
            hyperparameters.putAll(values);
            return this;
        }

        /**
         * Sets the seed.
         *
         * @param value any
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Sets the threads.
         *
         * @param value 0 for what the host is configured for
         * @return this
         */
        public Builder threads(int value) {
            threads = value;
            return this;
        }

        /**
         * Sets how interactions are held out.
         *
         * @param value see {@link TrainingSpec#split()}
         * @return this
         */
        public Builder split(String value) {
            split = value;
            return this;
        }

        /**
         * Sets whether the version is trained on everything.
         *
         * @param value false to publish the measured model itself
         * @return this
         */
        public Builder refit(boolean value) {
            refit = value;
            return this;
        }

        /**
         * Sets when to stop early.
         *
         * @param value the rule
         * @return this
         */
        public Builder earlyStopping(EarlyStopping value) {
            earlyStopping = Optional.of(value);
            return this;
        }

        /**
         * Sets the version to start from.
         *
         * @param value its number, or {@link #SERVED_VERSION}
         * @return this
         */
        public Builder warmStart(int value) {
            warmStart = Optional.of(value);
            return this;
        }

        /**
         * Sets the weights of types.
         *
         * @param values by type
         * @return this
         */
        public Builder typeWeights(Map<String, Float> values) {
            typeWeights.putAll(values);
            return this;
        }

        /**
         * Sets who asks.
         *
         * @param value for the manifest
         * @return this
         */
        public Builder requestedBy(String value) {
            requestedBy = value;
            return this;
        }

        /**
         * Sets the id of the request.
         *
         * @param value the same id again gives the same run
         * @return this
         */
        public Builder requestId(String value) {
            requestId = value;
            return this;
        }

        /**
         * Makes the spec.
         *
         * @return checked
         */
        public TrainingSpec build() {
            return new TrainingSpec(
                    model,
                    dataset,
                    algorithm,
                    hyperparameters,
                    seed,
                    threads,
                    split,
                    refit,
                    earlyStopping,
                    warmStart,
                    typeWeights,
                    requestedBy,
                    requestId);
        }
    }
}
