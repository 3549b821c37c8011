package dev.latent.evaluation;

import java.util.Optional;

/**
 * What a measure came to.
 *
 * @param value over all users
 * @param interval within which it lies with 95 % confidence, by the bootstrap over users; empty where there are no users to
 *     draw from, as for coverage
 */
public record Estimate(double value, Optional<Interval> interval) {

    /**
     * A range of values.
     *
     * @param low the 2.5th percentile
     * @param high the 97.5th percentile
     */
    public record Interval(double low, double high) {}
}
