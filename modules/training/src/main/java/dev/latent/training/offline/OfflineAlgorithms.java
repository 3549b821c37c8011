package dev.latent.training.offline;

import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.PluginRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The algorithms of plugins, without a home: those of given folders, then those of the distribution, which the launcher
 * names in the system property {@value #PROPERTY}. Thread-safe.
 */
public final class OfflineAlgorithms implements AutoCloseable {

    /** The system property that holds the folder of the distribution's plugins. */
    public static final String PROPERTY = "latent.plugins";

    private final PluginRegistry registry;

    private OfflineAlgorithms(PluginRegistry registry) {
        this.registry = registry;
    }

    /**
     * Loads plugins.
     *
     * @param folders searched before the distribution's; of two algorithms of one name the first is taken
     * @return to be closed when no model of the algorithms is used any longer
     */
    public static OfflineAlgorithms open(List<Path> folders) {
        List<Path> all = new ArrayList<>(folders);
        String own = System.getProperty(PROPERTY, "");
        if (!own.isEmpty()) {
            all.add(Path.of(own));
        }
        return new OfflineAlgorithms(PluginRegistry.open(all, Clock.systemUTC()));
    }

    /**
     * Returns an algorithm.
     *
     * @param name as it calls itself
     * @return the algorithm
     * @throws dev.latent.plugins.AlgorithmNotFoundException when no plugin has it
     */
    public LoadedAlgorithm get(String name) {
        return registry.get(name);
    }

    /**
     * Looks up an algorithm.
     *
     * @param name as it calls itself
     * @return empty when no plugin has it
     */
    public Optional<LoadedAlgorithm> find(String name) {
        return registry.find(name);
    }

    /** Unloads the plugins. */
    @Override
    public void close() {
        registry.close();
    }
}
