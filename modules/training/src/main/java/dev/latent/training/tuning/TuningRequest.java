package dev.latent.training.tuning;

import dev.latent.evaluation.Split;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a search is asked to do.
 *
 * @param fixed hyperparameters that are not searched, by name
 * @param metric what to make better, on a part cut from the data
 * @param trials how many settings to try, at least 1
 * @param time after which no more is tried, earlier processes of the same search included; empty for no limit
 * @param seed of the proposals, of the cut and of each training
 * @param threads of each training, one trial after another
 */
public record TuningRequest(
        Map<String, String> fixed, TuningMetric metric, int trials, Optional<Duration> time, long seed, int threads) {

    /** Which share is cut off as the validation part. */
    static final double VALIDATION_SHARE = 0.1;

    /** Copies the map and checks the ranges. */
    public TuningRequest {
        fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
        if (trials < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "A search needs at least 1 trial and 1 thread, got " + trials + " and " + threads);
        }
        if (time.isPresent() && (time.get().isNegative() || time.get().isZero())) {
            throw new IllegalArgumentException("A search needs a time above 0, got " + time.get());
        }
    }

    /**
     * Returns how the validation part is cut: the latest tenth of each user's interactions, at least one (random ones where
     * times are not known), or a random tenth of each user's ratings when errors are measured.
     */
    Split split() {
        return switch (metric.task()) {
            case RANKING -> new Split.LatestShare(VALIDATION_SHARE);
            case RATING -> new Split.Random(VALIDATION_SHARE);
        };
    }
}
