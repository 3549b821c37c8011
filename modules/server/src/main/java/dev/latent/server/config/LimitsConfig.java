package dev.latent.server.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** What one client may cost. */
@ConfigMapping(prefix = "limits")
public interface LimitsConfig {

    /** Largest request of the recommender service. */
    @WithDefault("4m")
    @AtLeast(value = "1k", most = "256m")
    ByteSize servingMessage();

    /** Largest request of the other services. */
    @WithDefault("16m")
    @AtLeast(value = "2m", most = "256m")
    ByteSize message();

    /** Largest headers of a call. */
    @WithDefault("8k")
    @AtLeast(value = "1k", most = "1m")
    ByteSize metadata();

    /** Calls under way on one connection. */
    @WithDefault("100")
    @Min(1)
    @Max(100_000)
    int callsPerConnection();

    /** Calls that one connection may reset within 30 seconds. */
    @WithDefault("200")
    @Min(1)
    @Max(1_000_000)
    int resets();

    /** After which a connection without calls is closed. */
    @WithDefault("1h")
    TimeSpan connectionIdle();

    /** After which a connection is asked to go, and again after which its last calls are cut off. */
    @WithDefault("1d")
    TimeSpan connectionAge();
}
