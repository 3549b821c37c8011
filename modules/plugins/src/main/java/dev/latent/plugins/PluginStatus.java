package dev.latent.plugins;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What became of one jar or folder in a plugin directory; what {@code latent plugins list} prints.
 *
 * @param name the plugin's name; when its manifest could not be read, the file name without {@code .jar}
 * @param version the plugin's own version; empty when its manifest could not be read
 * @param spiVersion the contract it was built for; empty when its manifest could not be read
 * @param path the jar or the folder
 * @param state whether its algorithms can be used
 * @param reason why not: what, expected, actual, next step; empty when loaded
 * @param algorithms names of its algorithms, sorted; empty unless loaded
 * @param sha256 see {@link LoadedPlugin#sha256()}; empty unless loaded
 * @param since when the state was found
 */
public record PluginStatus(
        String name,
        String version,
        String spiVersion,
        Path path,
        State state,
        String reason,
        List<String> algorithms,
        String sha256,
        Instant since) {

    /** Copies the list. */
    public PluginStatus {
        algorithms = List.copyOf(algorithms);
    }

    /** Whether the algorithms of a plugin can be used. */
    public enum State {
        /** They can. */
        LOADED,
        /** Refused by a rule: a damaged jar, its manifest, the contract's version, a name that is taken. */
        REJECTED,
        /** The plugin's own code broke while it was loaded, or answered what the contract forbids. */
        FAILED
    }
}
