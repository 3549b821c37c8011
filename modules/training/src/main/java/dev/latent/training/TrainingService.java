package dev.latent.training;

import dev.latent.interactions.InteractionStore;
import dev.latent.models.ModelStore;
import dev.latent.plugins.AlgorithmNotFoundException;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.PluginRegistry;
import dev.latent.spi.Hyperparameters;
import dev.latent.storage.FileOperations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains models: takes runs in, lets a few work at a time, each in a process of its own, publishes what they make and
 * remembers what became of them. Thread-safe.
 *
 * <p>A run's state is in {@code <runs>/<id>/run.json} before {@link #start} returns. A run that was not finished when the
 * host stopped has failed when the host is back; a version is published whole or not at all.
 */
public final class TrainingService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingService.class);
    private static final long CLOSE_SECONDS = 10;

    private final RunShelf shelf;
    private final Rooms rooms;
    private final TrainingOptions options;
    private final Clock clock;
    private final RunEstimator estimator;
    private final ExecutorService executor;
    private final List<RunListener> listeners = new CopyOnWriteArrayList<>();

    private TrainingService(RunShelf shelf, Rooms rooms, TrainingOptions options, Clock clock) {
        this.shelf = shelf;
        this.rooms = rooms;
        this.options = options;
        this.clock = clock;
        estimator = new RunEstimator(rooms, options);
        executor = Executors.newFixedThreadPool(
                options.concurrency(),
                Thread.ofPlatform().name("latent-run-", 0).factory());
    }

    /**
     * Opens the runs of a home; unfinished ones of an earlier process have failed when this returns.
     *
     * @param runs directory, created when absent; the caller holds the lock of the home
     * @param interactions to learn from
     * @param models to publish to
     * @param plugins to train with
     * @param options how
     * @param clock for the times of runs
     * @return to be closed before the rooms it works with
     * @throws IOException when the directory cannot be read or written
     */
    public static TrainingService open(
            Path runs,
            InteractionStore interactions,
            ModelStore models,
            PluginRegistry plugins,
            TrainingOptions options,
            Clock clock)
            throws IOException {
        RunShelf shelf = new RunShelf(runs.toAbsolutePath(), FileOperations.system(), clock, options.keptRuns());
        shelf.open(new PublishedRuns(models));
        SnapshotCache snapshots = new SnapshotCache(
                runs.toAbsolutePath().resolve("snapshots"),
                interactions,
                options.snapshotBytes(),
                FileOperations.system(),
                clock);
        snapshots.open();
        return new TrainingService(shelf, new Rooms(interactions, models, plugins, snapshots), options, clock);
    }

    /**
     * Checks what a run is asked to do, without its model, and fills in what it leaves open.
     *
     * @param spec what is asked
     * @return with all hyperparameters, the number of threads and that of the version to start from
     * @throws AlgorithmNotFoundException when no loaded plugin has the algorithm
     * @throws dev.latent.spi.InvalidHyperparametersException naming every hyperparameter that is refused
     * @throws dev.latent.interactions.DatasetNotFoundException when there is no such dataset
     * @throws WarmStartException when it cannot start from the version asked for
     * @throws IllegalArgumentException when there are more threads than the host is configured for
     */
    public TrainingSpec check(TrainingSpec spec) {
        LoadedAlgorithm algorithm = rooms.plugins().get(spec.algorithm());
        Hyperparameters complete = Hyperparameters.resolve(algorithm.hyperparameters(), spec.hyperparameters());
        if (spec.threads() > options.threads()) {
            throw new IllegalArgumentException("A run may keep " + options.threads() + " threads busy here, got "
                    + spec.threads() + "; ask for fewer, or for 0 to take what is configured");
        }
        rooms.interactions().stats(spec.dataset());
        Optional<Integer> startVersion = spec.warmStart()
                .map(asked -> new StartVersions(rooms.models()).resolve(spec.model(), spec.algorithm(), asked));
        return spec.filled(complete.asMap(), spec.threads() == 0 ? options.threads() : spec.threads(), startVersion);
    }

    /**
     * Tells what a run would need and whether it fits, without starting it.
     *
     * @param spec what is asked
     * @return by the dataset as it is now
     * @throws IOException when the dataset cannot be read
     * @throws RuntimeException as {@link #check} does
     */
    public RunEstimate estimate(TrainingSpec spec) throws IOException {
        return estimator.estimate(check(spec));
    }

    /**
     * Refuses a run that cannot fit into the memory there is.
     *
     * @param spec what is asked
     * @throws NotEnoughMemoryException with the figures
     * @throws IOException when the dataset cannot be read
     * @throws RuntimeException as {@link #check} does
     */
    public void checkFits(TrainingSpec spec) throws IOException {
        if (findRequest(spec.requestId()).isEmpty()) {
            estimator.sized(check(spec));
        }
    }

    /**
     * Takes a run in and returns: at once, but for the moments that it takes to tell whether it fits.
     *
     * @param spec what to do
     * @return the run as it is; for a request id that was used before, the run that it started
     * @throws RequestIdReusedException when that run was asked to do something else
     * @throws NotEnoughMemoryException when it cannot fit
     * @throws TooManyRunsException when no further run may wait
     * @throws IOException when the run cannot be stored
     * @throws RuntimeException as {@link #check} does, and when there is no such model; nothing was created then
     */
    public Run start(TrainingSpec spec) throws IOException {
        TrainingSpec checked = check(spec);
        rooms.models().get(spec.model());
        TrainingOptions sized = findRequest(spec.requestId()).isPresent() ? options : estimator.sized(checked);
        return add(checked, sized);
    }

    private Optional<TrackedRun> findRequest(String requestId) {
        return requestId.isEmpty() ? Optional.empty() : shelf.findRequest(requestId);
    }

    private synchronized Run add(TrainingSpec spec, TrainingOptions sized) throws IOException {
        Optional<TrackedRun> earlier = findRequest(spec.requestId());
        if (earlier.isPresent()) {
            Run run = earlier.get().run();
            if (!run.spec().equals(spec)) {
                throw new RequestIdReusedException(spec.requestId(), run.id());
            }
            return run;
        }
        if (shelf.count(Run.State.QUEUED) >= options.queueLimit()) {
            throw new TooManyRunsException(options.queueLimit());
        }
        LoadedAlgorithm algorithm = rooms.plugins().get(spec.algorithm());
        TrackedRun tracked = shelf.add(spec);
        Run run = tracked.run();
        tell(listener -> listener.queued(run));
        executor.execute(() -> execute(tracked, algorithm, sized));
        return run;
    }

    private void execute(TrackedRun tracked, LoadedAlgorithm algorithm, TrainingOptions sized) {
        if (!tracked.start()) {
            return;
        }
        Run started = tracked.run();
        LOG.info("Run {} of model '{}' began: {}", started.id(), started.model(), algorithm);
        tell(listener -> listener.started(started));
        new RunExecution(tracked, algorithm, rooms, sized, clock, executor::isShutdown).execute();
        ended(tracked.run());
        shelf.prune();
    }

    private void ended(Run run) {
        LOG.info(
                "Run {} of model '{}' is {}{}",
                run.id(),
                run.model(),
                run.state(),
                run.versionName().map(version -> ": " + version).orElse(": " + run.message()));
        tell(listener -> listener.ended(run));
    }

    private void tell(Consumer<RunListener> message) {
        for (RunListener listener : listeners) {
            try {
                message.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("A listener of runs failed", e);
            }
        }
    }

    /**
     * Looks up a run.
     *
     * @param id of the run
     * @return empty when there is none, or it is not kept any more
     */
    public Optional<Run> find(String id) {
        return shelf.find(id).map(TrackedRun::run);
    }

    /**
     * Returns a run.
     *
     * @param id of the run
     * @return as it is now
     * @throws RunNotFoundException when there is none, or it is not kept any more
     */
    public Run get(String id) {
        return getTracked(id).run();
    }

    private TrackedRun getTracked(String id) {
        return shelf.find(id).orElseThrow(() -> new RunNotFoundException(id));
    }

    /**
     * Lists all runs that are kept.
     *
     * @return newest first
     */
    public List<Run> list() {
        return shelf.list();
    }

    /**
     * Cancels a run: at once when it is waiting; one at work is ended within a few seconds. A run that is being published
     * may still succeed.
     *
     * @param id of the run
     * @return as it is now
     * @throws RunNotFoundException when there is none
     * @throws RunEndedException when it has ended
     */
    public Run cancel(String id) {
        TrackedRun tracked = getTracked(id);
        Run run = tracked.cancel();
        if (run.hasEnded()) {
            ended(run);
        }
        return run;
    }

    /**
     * Follows a run: the events so far from the calling thread, then each new one from the run's, in order and without
     * gaps. The consumer must not block; when it throws, it is dropped.
     *
     * @param id of the run
     * @param afterEvent number of the last event that is not wanted; 0 for all
     * @param consumer of events
     * @return to be closed by who has seen enough
     * @throws RunNotFoundException when there is none
     */
    public RunWatch watch(String id, long afterEvent, Consumer<RunEvent> consumer) {
        return getTracked(id).watch(afterEvent, consumer);
    }

    /**
     * Adds somebody who hears of all runs from now on.
     *
     * @param listener for metrics and logs
     */
    public void addListener(RunListener listener) {
        listeners.add(listener);
    }

    /** Deletes the snapshots of earlier runs that are not of any dataset as it is now, unless a run works on one. */
    public void pruneSnapshots() {
        rooms.snapshots().prune();
    }

    /**
     * Counts runs.
     *
     * @param state which
     * @return how many of those that are kept are in it
     */
    public long count(Run.State state) {
        return shelf.count(state);
    }

    /** Ends all runs, which thereby fail, and waits a few seconds for their processes. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Runs did not end within {} seconds of closing", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shelf.unfinished()
                .forEach(tracked -> tracked.finish(
                        run -> run.ended(Run.State.FAILED, RunShelf.interruption(run), clock.instant())));
    }
}
