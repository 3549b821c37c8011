package dev.latent.plugins;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * A plugin whose algorithms can be used, until it is closed. Thread-safe.
 *
 * <p>After {@link #close} classes that were loaded go on working and others cannot be loaded any more; once nobody holds
 * its algorithms and models, all of it is garbage.
 */
public final class LoadedPlugin implements AutoCloseable {

    private final PluginCandidate candidate;
    private final PluginManifest manifest;
    private final String sha256;
    private final PluginClassLoader loader;
    private final List<LoadedAlgorithm> algorithms;

    LoadedPlugin(
            PluginCandidate candidate,
            PluginManifest manifest,
            String sha256,
            PluginClassLoader loader,
            List<AlgorithmProvider> providers) {
        this.candidate = candidate;
        this.manifest = manifest;
        this.sha256 = sha256;
        this.loader = loader;
        PluginCall call = new PluginCall(manifest.name(), manifest.version(), loader);
        algorithms = providers.stream()
                .map(provider -> new LoadedAlgorithm(this, provider.algorithm(), call, provider.declaration()))
                .sorted(Comparator.comparing(LoadedAlgorithm::name))
                .toList();
    }

    /**
     * Returns the plugin's name.
     *
     * @return as its manifest says
     */
    public String name() {
        return manifest.name();
    }

    /**
     * Returns the plugin's own version.
     *
     * @return as its manifest says
     */
    public String version() {
        return manifest.version();
    }

    /**
     * Returns the contract that the plugin was built for.
     *
     * @return {@code MAJOR.MINOR}
     */
    public String spiVersion() {
        return manifest.spiVersion();
    }

    /**
     * Returns where it was loaded from.
     *
     * @return the jar or the folder
     */
    public Path path() {
        return candidate.path();
    }

    /**
     * Returns its jars.
     *
     * @return at least one, sorted by name
     */
    public List<Path> jars() {
        return candidate.jarPaths();
    }

    /**
     * Returns what its jars contained when they were loaded, so that a version can state what trained it.
     *
     * @return for one jar its SHA-256; for several the SHA-256 of what {@code sha256sum *.jar} prints in their folder
     */
    public String sha256() {
        return sha256;
    }

    /**
     * Returns its algorithms.
     *
     * @return at least one, sorted by name
     */
    public List<LoadedAlgorithm> algorithms() {
        return algorithms;
    }

    /**
     * Returns one of its algorithms.
     *
     * @param name an algorithm
     * @return the algorithm
     * @throws AlgorithmNotFoundException when this plugin has none of that name
     */
    public LoadedAlgorithm algorithm(String name) {
        return algorithms.stream()
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AlgorithmNotFoundException(name, algorithmNames()));
    }

    List<String> algorithmNames() {
        return algorithms.stream().map(LoadedAlgorithm::name).toList();
    }

    PluginClassLoader loader() {
        return loader;
    }

    /** Closes the plugin's class loader and its jars. */
    @Override
    public void close() {
        loader.shut();
    }
}
