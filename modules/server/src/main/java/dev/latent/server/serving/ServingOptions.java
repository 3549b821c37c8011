package dev.latent.server.serving;

import java.time.Duration;

/**
 * What can be set about serving.
 *
 * @param cachedUsers users of each version whose vector and history are kept in memory, at least 0
 * @param warmUp the longest time that a version is warmed before it answers; zero for none
 * @param inlineCost multiply-adds of a search up to which it runs on the network's own thread; larger ones run on a pool
 */
public record ServingOptions(long cachedUsers, Duration warmUp, long inlineCost) {

    /** Checks the ranges. */
    public ServingOptions {
        if (cachedUsers < 0 || warmUp.isNegative() || inlineCost < 0) {
            throw new IllegalArgumentException("Serving options need values of at least 0, got " + cachedUsers + ", "
                    + warmUp + ", " + inlineCost);
        }
    }

    /** What a server uses that is configured for nothing else. */
    public static ServingOptions defaults() {
        return new ServingOptions(100_000, Duration.ofSeconds(2), 8_000_000);
    }
}
