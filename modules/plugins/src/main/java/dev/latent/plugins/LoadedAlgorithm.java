package dev.latent.plugins;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.SectionReader;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An algorithm of a loaded plugin. Thread-safe.
 *
 * <p>Whatever the plugin's code throws arrives as a {@link PluginException} that names plugin and version, except the
 * exceptions to which the SPI gives a meaning (cancelled, failed, invalid hyperparameters, and {@link IOException} where
 * declared). Scoring models that it returns are guarded in the same way.
 */
public final class LoadedAlgorithm implements Algorithm {

    private final LoadedPlugin plugin;
    private final Algorithm algorithm;
    private final PluginCall call;
    private final AlgorithmDeclaration declaration;

    LoadedAlgorithm(LoadedPlugin plugin, Algorithm algorithm, PluginCall call, AlgorithmDeclaration declaration) {
        this.plugin = plugin;
        this.algorithm = algorithm;
        this.call = call;
        this.declaration = declaration;
    }

    @Override
    public String name() {
        return declaration.name();
    }

    @Override
    public String description() {
        return declaration.description();
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return declaration.hyperparameters();
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return call.call("task", () -> algorithm.task(hyperparameters));
    }

    @Override
    public Optional<ResourceEstimate> estimate(SnapshotShape shape, Hyperparameters hyperparameters, int threads) {
        return call.call("estimate", () -> algorithm.estimate(shape, hyperparameters, threads));
    }

    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base) {
        return List.copyOf(call.call("searchSpace", () -> algorithm.searchSpace(base)));
    }

    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base, Snapshot snapshot) {
        return List.copyOf(call.call("searchSpace", () -> algorithm.searchSpace(base, snapshot)));
    }

    @Override
    public List<Map<String, String>> startingPoints(Hyperparameters base, Snapshot snapshot) {
        return List.copyOf(call.call("startingPoints", () -> algorithm.startingPoints(base, snapshot)));
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        GuardedListener guarded = new GuardedListener(listener, call);
        try {
            TrainedModel model = call.call("train", () -> algorithm.train(context, guarded));
            return GuardedScoringModel.guard(model, call);
        } catch (PluginException e) {
            guarded.rethrowIfHosts(e);
            throw e;
        }
    }

    @Override
    public ScoringModel reopen(SectionReader sections) throws IOException {
        return GuardedScoringModel.guard(
                call.call("reopen", IOException.class, () -> algorithm.reopen(sections)), call);
    }

    /**
     * Returns the plugin that brought this algorithm.
     *
     * @return its name
     */
    public String pluginName() {
        return plugin.name();
    }

    /**
     * Returns the plugin's own version.
     *
     * @return as its manifest says
     */
    public String pluginVersion() {
        return plugin.version();
    }

    /**
     * Returns the contract that the plugin was built for.
     *
     * @return {@code MAJOR.MINOR}
     */
    public String spiVersion() {
        return plugin.spiVersion();
    }

    /**
     * Returns what {@link PluginRegistry#loadOne} takes to load the same plugin in another process.
     *
     * @return the jar or the folder
     */
    public Path pluginPath() {
        return plugin.path();
    }

    /**
     * Returns the jars of the plugin.
     *
     * @return at least one, sorted by name
     */
    public List<Path> jarPaths() {
        return plugin.jars();
    }

    /**
     * Returns what the plugin's jars contained when they were loaded.
     *
     * @return see {@link LoadedPlugin#sha256()}
     */
    public String sha256() {
        return plugin.sha256();
    }

    ClassLoader loader() {
        return plugin.loader();
    }

    @Override
    public String toString() {
        return name() + " (plugin '" + pluginName() + "' version " + pluginVersion() + ")";
    }
}
