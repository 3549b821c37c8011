package dev.latent.server.home;

import dev.latent.interactions.InteractionStore;
import dev.latent.models.ModelStore;
import dev.latent.plugins.PluginRegistry;
import dev.latent.storage.FileOperations;
import dev.latent.storage.HomeLock;
import dev.latent.training.TrainingOptions;
import dev.latent.training.TrainingService;
import dev.latent.training.evaluations.EvaluationService;
import dev.latent.training.tunings.TuningService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The rooms of a home, open: this process alone writes to them.
 *
 * @param interactions datasets
 * @param models models and versions
 * @param plugins algorithms
 * @param runs trainings
 * @param tunings searches of hyperparameters
 * @param evaluations of versions
 */
public record OpenHome(
        InteractionStore interactions,
        ModelStore models,
        PluginRegistry plugins,
        TrainingService runs,
        TuningService tunings,
        EvaluationService evaluations) {

    /**
     * How a home is opened.
     *
     * @param interactions how the interaction store uses the machine
     * @param training how runs are carried out
     * @param plugins folders of plugins besides the home's own, which comes last
     * @param clock of all that is stamped
     */
    public record Options(
            InteractionStore.Options interactions, TrainingOptions training, List<Path> plugins, Clock clock) {}

    /**
     * Takes the lock of a home and opens its rooms.
     *
     * @param home created when it is not there
     * @param options how
     * @param closing gets everything that was opened, also when a later part fails
     * @throws dev.latent.storage.HomeLockedException when another process has the home
     * @throws IOException when something cannot be read or written
     */
    public static OpenHome open(Home home, Options options, Closing closing) throws IOException {
        home.create();
        closing.add(HomeLock.acquire(home.path()));
        FileOperations.system().deleteTree(home.uploads());
        InteractionStore interactions = closing.add(InteractionStore.open(home.interactions(), options.interactions()));
        ModelStore models = ModelStore.open(home.models(), FileOperations.system(), options.clock());
        PluginRegistry plugins = closing.add(PluginRegistry.open(directories(home, options), options.clock()));
        TrainingService runs = closing.add(
                TrainingService.open(home.runs(), interactions, models, plugins, options.training(), options.clock()));
        TuningService tunings = closing.add(TuningService.open(
                home.runs(),
                new TuningService.Home(interactions, models, plugins, runs),
                options.training(),
                options.clock()));
        EvaluationService evaluations =
                closing.add(new EvaluationService(home.uploads(), interactions, models, plugins, options.training()));
        return new OpenHome(interactions, models, plugins, runs, tunings, evaluations);
    }

    private static List<Path> directories(Home home, Options options) {
        List<Path> directories = new ArrayList<>(options.plugins());
        directories.add(home.plugins());
        return directories;
    }
}
