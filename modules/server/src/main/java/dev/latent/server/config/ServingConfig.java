package dev.latent.server.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** Versions in service. */
@ConfigMapping(prefix = "serving")
public interface ServingConfig {

    /** Users of each version whose vector and history are kept in memory. */
    @WithDefault("100000")
    @Min(0)
    long cachedUsers();

    /** Longest time that a version is warmed before it answers. */
    @WithDefault("2s")
    TimeSpan warmUp();

    /** Multiply-adds of a search up to which it runs on the network's own thread. */
    @WithDefault("8000000")
    @Min(0)
    long inlineCost();
}
