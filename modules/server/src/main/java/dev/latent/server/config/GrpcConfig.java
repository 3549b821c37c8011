package dev.latent.server.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/** The gRPC port. */
@ConfigMapping(prefix = "server.grpc")
public interface GrpcConfig {

    /** Name or address to listen on; loopback unless others are to reach it. */
    @WithDefault("127.0.0.1")
    @NotBlank
    String host();

    /** Port to listen on; 0 for a free one. */
    @WithDefault("8980")
    @Min(0)
    @Max(65_535)
    int port();

    /** Threads for calls that may wait for the disk. */
    @WithDefault("64")
    @Min(1)
    @Max(4_096)
    int threads();

    /** How long calls under way may take when the server stops. */
    @WithDefault("20s")
    TimeSpan stopGrace();
}
