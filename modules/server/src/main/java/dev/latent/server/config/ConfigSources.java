package dev.latent.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a configuration comes from: what is later goes before what is earlier.
 *
 * @param file YAML; read only when given
 * @param environment variables of the process
 * @param flags keys set on the command line
 */
public record ConfigSources(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {

    /** Copies the maps. */
    public ConfigSources {
        environment = Map.copyOf(environment);
        flags = Map.copyOf(flags);
    }
}
