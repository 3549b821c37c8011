package dev.latent.server.config;

import java.util.List;

/**
 * Everything that is configured, checked.
 *
 * @param grpc the gRPC port
 * @param http the HTTP port
 * @param limits what one client may cost
 * @param training runs
 * @param interactions the interaction store
 * @param serving versions in service
 * @param table every key that has a value, with where it was set
 */
public record ServerConfig(
        GrpcConfig grpc,
        HttpConfig http,
        LimitsConfig limits,
        TrainingConfig training,
        InteractionsConfig interactions,
        ServingConfig serving,
        List<ConfigEntry> table) {

    /** Copies the table. */
    public ServerConfig {
        table = List.copyOf(table);
    }
}
