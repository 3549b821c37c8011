package dev.latent.server.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The interaction store and imports. */
@ConfigMapping(prefix = "interactions")
public interface InteractionsConfig {

    /** Memory for what was read. */
    @WithDefault("128m")
    @AtLeast("1m")
    ByteSize cache();

    /** Memory for what was written lately. */
    @WithDefault("128m")
    @AtLeast("1m")
    ByteSize writeBuffer();

    /** Most bytes of one import, as uploaded. */
    @WithDefault("32g")
    @AtLeast("1")
    ByteSize importLimit();

    /** Most files of one import. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int importFiles();
}
