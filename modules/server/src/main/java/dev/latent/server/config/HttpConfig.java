package dev.latent.server.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/** The HTTP port: metrics and readiness. */
@ConfigMapping(prefix = "server.http")
public interface HttpConfig {

    /** Name or address to listen on; loopback unless others are to reach it. */
    @WithDefault("127.0.0.1")
    @NotBlank
    String host();

    /** Port to listen on; 0 for a free one. */
    @WithDefault("8981")
    @Min(0)
    @Max(65_535)
    int port();
}
