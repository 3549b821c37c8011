package dev.latent.training.evaluations;

import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.LoadedPlugin;
import dev.latent.training.RunProcess;
import dev.latent.training.evaluations.EvaluationTask.PluginFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The plugins of one evaluation, loaded for it alone. */
final class EvaluationPlugins implements AutoCloseable {

    private final List<LoadedPlugin> plugins = new ArrayList<>();

    /** Loads an algorithm whose plugin is still what it was. */
    LoadedAlgorithm load(PluginFile file) {
        LoadedPlugin plugin = RunProcess.load(file.path(), file.sha256());
        plugins.add(plugin);
        return RunProcess.find(plugin, file.algorithm());
    }

    /** Loads the algorithms of a task. */
    EvaluationWork.Algorithms load(EvaluationTask task) {
        Optional<LoadedAlgorithm> own = task.algorithm().map(this::load);
        return new EvaluationWork.Algorithms(own, task.ease().map(this::load));
    }

    @Override
    public void close() {
        plugins.reversed().forEach(LoadedPlugin::close);
    }
}
