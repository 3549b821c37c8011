package dev.latent.training.evaluations;

import dev.latent.interactions.InteractionStore;
import dev.latent.models.EvaluationFacts;
import dev.latent.models.Manifest;
import dev.latent.models.ModelStore;
import dev.latent.models.VersionInfo;
import dev.latent.plugins.PluginRegistry;
import dev.latent.storage.FileOperations;
import dev.latent.training.FailureText;
import dev.latent.training.TrainingOptions;
import dev.latent.training.evaluations.EvaluationFailedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates versions: one evaluation at a time, in a process of its own; the result is kept beside the version.
 * Thread-safe.
 */
public final class EvaluationService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluationService.class);
    private static final int CLOSE_SECONDS = 10;

    private final Path scratch;
    private final ModelStore models;
    private final EvaluationSources sources;
    private final TrainingOptions options;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("latent-evaluation").factory());

    /**
     * Prepares evaluations.
     *
     * @param scratch folder for what an evaluation works on, created when absent; whoever owns it clears what a stop left
     * @param interactions the datasets
     * @param models the versions
     * @param plugins the algorithms
     * @param options threads, how many may wait, the time limit, and how processes are started
     */
    public EvaluationService(
            Path scratch,
            InteractionStore interactions,
            ModelStore models,
            PluginRegistry plugins,
            TrainingOptions options) {
        this.scratch = scratch.toAbsolutePath();
        this.models = models;
        this.options = options;
        sources = new EvaluationSources(interactions, models, plugins);
    }

    /**
     * Returns how many threads an evaluation may keep busy.
     *
     * @return at least 1
     */
    public int threads() {
        return options.threads();
    }

    /**
     * Takes an evaluation in and returns at once.
     *
     * @param spec what to measure
     * @param follower hears of it, from other threads
     * @return to cancel it by
     * @throws EvaluationFailedException when no further one may wait
     * @throws dev.latent.models.ModelStoreException when there is no such version
     */
    public Ongoing start(EvaluationSpec spec, EvaluationFollower follower) {
        models.version(spec.model(), spec.version());
        int before = waiting.getAndIncrement();
        if (before >= options.queueLimit()) {
            waiting.decrementAndGet();
            throw new EvaluationFailedException(
                    Reason.BUSY,
                    "Already " + before + " evaluations are waiting or at work, the limit is " + options.queueLimit()
                            + "; try again when one has ended");
        }
        Ongoing ongoing = new Ongoing(spec, follower);
        if (before > 0) {
            follower.log("waits for " + before + " other evaluation(s)");
        }
        try {
            executor.execute(ongoing::run);
        } catch (RejectedExecutionException e) {
            waiting.decrementAndGet();
            throw stopping();
        }
        return ongoing;
    }

    private static EvaluationFailedException stopping() {
        return new EvaluationFailedException(
                Reason.CANCELLED, "The server is stopping; evaluate again when it is back");
    }

    /** One evaluation, from the queue to its end. */
    public final class Ongoing {

        private final EvaluationSpec spec;
        private final EvaluationFollower follower;
        private final EvaluationWorker worker;
        private volatile boolean cancelled;

        private Ongoing(EvaluationSpec spec, EvaluationFollower follower) {
            this.spec = spec;
            this.follower = follower;
            worker = new EvaluationWorker(options, follower::log);
        }

        /** Ends it, unless its result is being stored; a second call does nothing. */
        public void cancel() {
            cancelled = true;
            worker.stop();
        }

        private void run() {
            try {
                checkNotCancelled();
                EvaluationFacts facts = measure();
                checkNotCancelled();
                follower.done(models.addEvaluation(spec.model(), spec.version(), spec.requestedBy(), facts));
            } catch (RuntimeException e) {
                follower.failed(e);
            } catch (InterruptedException e) {
                follower.failed(stopping());
                Thread.currentThread().interrupt();
            } catch (Throwable e) { // a thread border: an evaluation always ends
                String name = "evaluation of " + Manifest.id(spec.model(), spec.version());
                follower.failed(new EvaluationFailedException(Reason.FAILED, FailureText.of(name, e)));
            } finally {
                waiting.decrementAndGet();
            }
        }

        private void checkNotCancelled() {
            if (cancelled) {
                throw new EvaluationFailedException(Reason.CANCELLED, "The evaluation was cancelled");
            }
        }

        private EvaluationFacts measure() throws IOException, InterruptedException {
            Files.createDirectories(scratch);
            Path directory = Files.createTempDirectory(scratch, "evaluation-");
            try {
                follower.log("reading the dataset");
                EvaluationTask task = sources.prepare(withThreads(), manifest(), directory);
                checkNotCancelled();
                return worker.work(task, directory);
            } finally {
                FileOperations.system().deleteTree(directory);
            }
        }

        private EvaluationSpec withThreads() {
            return new EvaluationSpec(
                    spec.model(),
                    spec.version(),
                    spec.protocol(),
                    spec.metrics(),
                    spec.baselines(),
                    spec.seed(),
                    spec.threads() == 0 ? options.threads() : spec.threads(),
                    spec.requestedBy());
        }

        private Manifest manifest() {
            VersionInfo info = models.version(spec.model(), spec.version());
            return info.manifest()
                    .orElseThrow(() -> new EvaluationFailedException(
                            Reason.STATE, "Version '" + info.id() + "' cannot be read: " + info.problem()));
        }
    }

    /** Ends all evaluations and waits a few seconds for them. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("An evaluation did not end within {} seconds of closing", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
