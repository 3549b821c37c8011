package dev.latent.server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was given on the command line.
 *
 * @param home of the server
 * @param config the file to read; empty for the home's own
 * @param plugins a folder of plugins; empty for what the distribution sets
 * @param settings keys of the configuration that were set
 */
record ServerArguments(Path home, Optional<Path> config, Optional<Path> plugins, Map<String, String> settings) {

    static final String USAGE =
            "usage: latent serve [--home DIR] [--grpc-port N] [--http-port N] [--config FILE] [--plugins DIR]";

    private static final Map<String, String> KEYS =
            Map.of("--grpc-port", "server.grpc.port", "--http-port", "server.http.port");

    /** Thrown when the command line cannot be read. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message + "; " + USAGE);
        }
    }

    /**
     * Reads the command line.
     *
     * @throws UsageException when it has another form
     */
    static ServerArguments parse(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (int index = 0; index < arguments.size(); index++) {
            String argument = arguments.get(index);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!List.of("--home", "--config", "--plugins").contains(name) && !KEYS.containsKey(name)) {
                throw new UsageException("Unknown argument '" + name + "'");
            }
            if (equals < 0 && ++index == arguments.size()) {
                throw new UsageException("Argument " + name + " needs a value");
            }
            options.put(name, equals < 0 ? arguments.get(index) : argument.substring(equals + 1));
        }
        Map<String, String> settings = new HashMap<>();
        KEYS.forEach(
                (flag, key) -> Optional.ofNullable(options.get(flag)).ifPresent(value -> settings.put(key, value)));
        return new ServerArguments(
                Path.of(options.getOrDefault("--home", defaultHome())),
                Optional.ofNullable(options.get("--config")).map(Path::of),
                Optional.ofNullable(options.get("--plugins")).map(Path::of),
                settings);
    }

    private static String defaultHome() {
        return System.getProperty("user.home") + "/.latent";
    }
}
