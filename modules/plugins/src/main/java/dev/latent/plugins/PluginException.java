package dev.latent.plugins;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown when the code of a plugin fails, or a plugin cannot be loaded; names plugin and version. */
public final class PluginException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String plugin;
    private final String version;

    PluginException(String plugin, String version, String problem, @Nullable Throwable cause) {
        super(subject(plugin, version) + ": " + problem, cause);
        this.plugin = plugin;
        this.version = version;
    }

    private static String subject(String plugin, String version) {
        return "Plugin '" + plugin + "'" + (version.isEmpty() ? "" : " version " + version);
    }

    /**
     * Returns whose code failed.
     *
     * @return the plugin's name
     */
    public String plugin() {
        return plugin;
    }

    /**
     * Returns the version of the plugin.
     *
     * @return empty when it is not known
     */
    public String version() {
        return version;
    }
}
