package dev.latent.training.tunings;

import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.SnapshotFiles;
import dev.latent.interactions.SnapshotInfo;
import dev.latent.interactions.SnapshotOptions;
import dev.latent.interactions.TypeWeights;
import dev.latent.models.ModelDefinition;
import dev.latent.models.ModelStore;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.PluginRegistry;
import dev.latent.spi.Hyperparameters;
import dev.latent.training.FailureText;
import dev.latent.training.Run;
import dev.latent.training.RunWatch;
import dev.latent.training.TrainingOptions;
import dev.latent.training.TrainingService;
import dev.latent.training.TrainingSpec;
import dev.latent.training.tuning.Tuner;
import dev.latent.training.tuning.TuningEvent;
import dev.latent.training.tuning.TuningListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches of hyperparameters: one at a time, each ending in a run that trains the best setting. Thread-safe. */
public final class TuningService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TuningService.class);
    private static final int CLOSE_SECONDS = 10;

    private final TuningShelf shelf;
    private final InteractionStore interactions;
    private final ModelStore models;
    private final PluginRegistry plugins;
    private final TrainingService runs;
    private final TrainingOptions options;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("latent-tuning").factory());

    private TuningService(TuningShelf shelf, Home home, TrainingOptions options) {
        this.shelf = shelf;
        this.interactions = home.interactions();
        this.models = home.models();
        this.plugins = home.plugins();
        this.runs = home.runs();
        this.options = options;
    }

    /**
     * What searches read from and train with.
     *
     * @param interactions to learn from
     * @param models whose definitions may be changed
     * @param plugins to tune
     * @param runs that train the best settings
     */
    public record Home(
            InteractionStore interactions, ModelStore models, PluginRegistry plugins, TrainingService runs) {}

    /**
     * Opens the searches of a home; unfinished ones of an earlier process are interrupted when this returns.
     *
     * @param directory of the runs, created when absent
     * @param home stores, plugins and runs
     * @param options threads, and how processes are started
     * @param clock for the times of searches
     * @return to be closed before the runs are
     * @throws IOException when the directory cannot be read or written
     */
    public static TuningService open(Path directory, Home home, TrainingOptions options, Clock clock)
            throws IOException {
        TuningShelf shelf = new TuningShelf(directory.toAbsolutePath(), clock);
        shelf.open();
        return new TuningService(shelf, home, options);
    }

    /**
     * Takes a search in and returns at once.
     *
     * @param spec what to do
     * @return the search as it is
     * @throws IOException when it cannot be stored
     * @throws RuntimeException when model, dataset or algorithm do not exist or a value is refused; nothing was created
     */
    public Tuning start(TuningSpec spec) throws IOException {
        LoadedAlgorithm algorithm = plugins.get(spec.algorithm());
        TuningGoal goal = spec.goal();
        if (goal.threads() > options.threads()) {
            throw new IllegalArgumentException("A search may keep " + options.threads() + " threads busy here, got "
                    + goal.threads() + "; ask for fewer, or for 0 to take what is configured");
        }
        TuningSpec filled = spec.with(
                fixed(algorithm, models.get(spec.model()), goal.fixed()),
                goal.threads() == 0 ? options.threads() : goal.threads());
        interactions.stats(spec.dataset());
        checkSpace(algorithm, filled.goal());
        TrackedTuning tracked = shelf.add(filled);
        executor.execute(() -> execute(tracked));
        return tracked.tuning();
    }

    /** What is asked to be fixed, and of the model's own hyperparameters those that no search would change. */
    private static Map<String, String> fixed(
            LoadedAlgorithm algorithm, ModelDefinition model, Map<String, String> asked) {
        Map<String, String> fixed = new TreeMap<>();
        if (algorithm.name().equals(model.algorithm())) {
            fixed.putAll(model.hyperparameters());
            Hyperparameters base = Hyperparameters.resolve(algorithm.hyperparameters(), fixed);
            algorithm.searchSpace(base).forEach(range -> fixed.remove(range.name()));
        }
        fixed.putAll(asked);
        return fixed;
    }

    /** Makes the space of the search once, which refuses what is wrong with it. */
    private static void checkSpace(LoadedAlgorithm algorithm, TuningGoal goal) {
        Tuner unused = new Tuner(algorithm, goal.request(), new TuningListener() {
            @Override
            public void event(TuningEvent event) {}

            @Override
            public void log(String line) {}
        });
        LOG.debug("A search can be made: {}", unused);
    }

    /**
     * Goes on with a search that was interrupted, from its journal.
     *
     * @param id of the search
     * @return the search as it is
     * @throws TuningNotFoundException when there is none
     * @throws TuningStateException when it was not interrupted
     */
    public synchronized Tuning resume(String id) {
        TrackedTuning tracked = shelf.get(id);
        if (tracked.tuning().state() != Tuning.State.INTERRUPTED) {
            throw new TuningStateException(tracked.tuning(), "was not interrupted: it cannot be resumed");
        }
        tracked.resume();
        executor.execute(() -> execute(tracked));
        return tracked.tuning();
    }

    private void execute(TrackedTuning tracked) {
        try {
            checkNotCancelled(tracked);
            tracked.change(now -> now.in(Tuning.State.SEARCHING));
            Map<String, String> best = search(tracked);
            checkNotCancelled(tracked);
            train(tracked, best);
        } catch (Throwable e) { // a thread border: a search always ends
            end(tracked, e);
        }
    }

    private static void checkNotCancelled(TrackedTuning tracked) {
        if (tracked.isCancelled()) {
            throw new IllegalStateException("Cancelled");
        }
    }

    private void end(TrackedTuning tracked, Throwable thrown) {
        boolean interrupted = Thread.interrupted() || thrown instanceof InterruptedException;
        if (tracked.isCancelled()) {
            shelf.finish(tracked, Tuning.State.CANCELLED, "Cancelled");
        } else if (executor.isShutdown()) {
            shelf.finish(tracked, Tuning.State.INTERRUPTED, TuningShelf.interruption(tracked.tuning()));
        } else {
            boolean told = thrown instanceof IllegalStateException && thrown.getMessage() != null;
            String message = told
                    ? String.valueOf(thrown.getMessage())
                    : FailureText.of(tracked.files().id(), thrown);
            shelf.finish(tracked, Tuning.State.FAILED, message);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, String> search(TrackedTuning tracked) throws IOException, InterruptedException {
        TuningSpec spec = tracked.tuning().spec();
        if (!Files.exists(tracked.files().task())) {
            takeSnapshot(tracked, spec);
        }
        TuningWorker worker =
                new TuningWorker(tracked, options.process().orElseGet(TrainingOptions.ChildProcess::likeThis));
        tracked.setStopper(worker::stop);
        return worker.search();
    }

    private void takeSnapshot(TrackedTuning tracked, TuningSpec spec) throws IOException {
        tracked.files().deleteWork();
        SnapshotInfo info = SnapshotFiles.write(
                interactions,
                spec.dataset(),
                new SnapshotOptions(new TypeWeights(spec.typeWeights())),
                tracked.files().snapshot());
        if (info.interactions() == 0) {
            throw new IllegalStateException("Dataset '" + spec.dataset()
                    + "' has no interactions"
                    + (spec.typeWeights().isEmpty()
                            ? ""
                            : " of the types " + spec.typeWeights().keySet())
                    + "; import some with 'latent import " + spec.dataset() + " FILE'");
        }
        LoadedAlgorithm algorithm = plugins.get(spec.algorithm());
        tracked.files()
                .write(new TuningTask(
                        tracked.files().snapshot().toString(),
                        algorithm.pluginPath().toString(),
                        algorithm.sha256(),
                        spec.algorithm(),
                        spec.goal()));
    }

    private void train(TrackedTuning tracked, Map<String, String> best) throws IOException, InterruptedException {
        TuningSpec spec = tracked.tuning().spec();
        Run run = runs.start(TrainingSpec.builder(spec.model(), spec.dataset(), spec.algorithm())
                .hyperparameters(best)
                .seed(spec.goal().seed())
                .threads(spec.goal().threads())
                .typeWeights(spec.typeWeights())
                .requestedBy(spec.requestedBy())
                .build());
        tracked.change(now -> now.training(run.id()));
        tracked.setStopper(() -> runs.cancel(run.id()));
        Run ended = await(run);
        if (ended.state() != Run.State.SUCCEEDED) {
            throw new IllegalStateException("The run " + run.id() + " of the best setting " + best + " is "
                    + ended.state() + ": " + ended.message());
        }
        if (spec.keep()) {
            ModelDefinition model = models.get(spec.model());
            models.update(model.withTraining(spec.algorithm(), best), OptionalLong.empty());
        }
        shelf.finish(tracked, Tuning.State.SUCCEEDED, "");
    }

    private Run await(Run run) throws InterruptedException {
        try (RunWatch watch = runs.watch(run.id(), 0, _ -> {})) {
            return watch.end().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The run " + run.id() + " cannot be followed", e);
        }
    }

    /**
     * Returns a search.
     *
     * @param id of the search
     * @return as it is now
     * @throws TuningNotFoundException when there is none
     */
    public Tuning get(String id) {
        return shelf.get(id).tuning();
    }

    /**
     * Lists all searches.
     *
     * @return newest first
     */
    public List<Tuning> list() {
        return shelf.list();
    }

    /**
     * Returns what happened to a search, what its journal kept of earlier processes first.
     *
     * @param id of the search
     * @param after how many to skip
     * @return in order
     * @throws TuningNotFoundException when there is none
     */
    public List<TuningNews> news(String id, int after) {
        return shelf.get(id).newsAfter(after);
    }

    /**
     * Calls back after each piece of news until the result is closed.
     *
     * @param id of the search
     * @param follower must not block
     * @return to be closed by who has seen enough
     * @throws TuningNotFoundException when there is none
     */
    public AutoCloseable follow(String id, Runnable follower) {
        return shelf.get(id).follow(follower);
    }

    /**
     * Returns the report of a search.
     *
     * @param id of the search
     * @return an HTML page; empty until the search is over
     * @throws TuningNotFoundException when there is none
     */
    public String report(String id) {
        Path file = shelf.get(id).files().report();
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("The report of search '" + id + "' cannot be read", e);
        }
    }

    /**
     * Cancels a search, with the run that trains its best setting.
     *
     * @param id of the search
     * @return as it is now; it ends a little later
     * @throws TuningNotFoundException when there is none
     * @throws TuningStateException when it has ended
     */
    public Tuning cancel(String id) {
        TrackedTuning tracked = shelf.get(id);
        tracked.cancel();
        return tracked.tuning();
    }

    /** Interrupts what goes on and waits a few seconds for it. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A search did not end within {} seconds of closing", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
