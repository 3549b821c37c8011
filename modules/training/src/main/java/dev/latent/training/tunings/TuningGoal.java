package dev.latent.training.tunings;

import dev.latent.training.tuning.TuningMetric;
import dev.latent.training.tuning.TuningRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a search on a server is asked to find, as it is stored.
 *
 * @param fixed hyperparameters that are not searched, by name
 * @param metric what to make better
 * @param trials how many settings to try
 * @param seconds after which no more is tried; 0 for no limit
 * @param seed from which all random numbers follow
 * @param threads of each trial
 */
public record TuningGoal(Map<String, String> fixed, String metric, int trials, long seconds, long seed, int threads) {

    /** Copies the map; the ranges are checked by {@link #request}. */
    public TuningGoal {
        fixed = Collections.unmodifiableMap(new TreeMap<>(fixed));
    }

    /**
     * Makes the request of the search itself.
     *
     * @return checked
     * @throws IllegalArgumentException when a value is out of range
     */
    public TuningRequest request() {
        return new TuningRequest(
                fixed,
                new TuningMetric(metric),
                trials,
                seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)),
                seed,
                threads);
    }

    TuningGoal with(Map<String, String> others, int value) {
        return new TuningGoal(others, metric, trials, seconds, seed, value);
    }
}
