package dev.latent.training;

import dev.latent.evaluation.HoldoutReport;
import dev.latent.interactions.SnapshotFiles;
import dev.latent.interactions.SnapshotInfo;
import dev.latent.models.AlgorithmIdentity;
import dev.latent.models.HoldoutFacts;
import dev.latent.models.PendingVersion;
import dev.latent.models.TrainingFacts;
import dev.latent.models.Version;
import dev.latent.models.VersionMetadata;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.TrainingCancelledException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run from the queue to its end, on one thread of the parent: snapshot, work, publish. */
final class RunExecution {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    private final TrackedRun tracked;
    private final Rooms rooms;
    private final LoadedAlgorithm algorithm;
    private final TrainingOptions options;
    private final Clock clock;
    private final BooleanSupplier closing;
    private @Nullable PendingVersion pending;

    RunExecution(
            TrackedRun tracked,
            LoadedAlgorithm algorithm,
            Rooms rooms,
            TrainingOptions options,
            Clock clock,
            BooleanSupplier closing) {
        this.tracked = tracked;
        this.algorithm = algorithm;
        this.rooms = rooms;
        this.options = options;
        this.clock = clock;
        this.closing = closing;
    }

    /** The parent's ear. */
    private final class Monitor implements WorkMonitor {
        @Override
        public void progress(RunProgress progress) {
            tracked.progress(progress);
        }

        @Override
        public void log(String line) {
            tracked.log(line);
        }

        @Override
        public Destination openDestination() {
            return begin();
        }

        @Override
        public boolean isCancelled() {
            return tracked.isCancelled();
        }
    }

    /** Carries out a run that has been started; it has ended when this returns. */
    void execute() {
        try {
            WorkResult result = work();
            checkCancelled();
            tracked.files().writeResult(result);
            int version = publish(result);
            tracked.finish(run -> run.succeeded(version, result, clock.instant()));
            cleanUp();
        } catch (Throwable e) { // a thread border: a run always ends
            endWithout(e);
        }
    }

    private void endWithout(Throwable thrown) {
        boolean interrupted =
                Thread.interrupted() || thrown instanceof InterruptedException; // files refuse such threads
        if (tracked.isCancelled()) {
            end(Run.State.CANCELLED, "Cancelled");
        } else if (closing.getAsBoolean()) {
            end(Run.State.FAILED, RunShelf.interruption(tracked.run()));
        } else {
            end(Run.State.FAILED, FailureText.of(tracked.run().id(), thrown));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Run.State state, String message) {
        discard();
        cleanUp();
        tracked.finish(run -> run.ended(state, message, clock.instant()));
    }

    private void checkCancelled() {
        if (tracked.isCancelled()) {
            throw new TrainingCancelledException();
        }
    }

    private WorkResult work() throws IOException, InterruptedException {
        tracked.progress(RunProgress.of(RunProgress.Phase.SNAPSHOT));
        TrainingSpec spec = tracked.run().spec();
        try (SnapshotCache.Lease snapshot = rooms.snapshots().take(spec.dataset(), spec.typeWeights())) {
            checkNotEmpty(snapshot.info());
            if (snapshot.isFound()) {
                tracked.log("The dataset is unchanged: the snapshot of an earlier run is used again");
            }
            return work(snapshot.path());
        }
    }

    private WorkResult work(Path snapshot) throws IOException, InterruptedException {
        SnapshotGuard guard = SnapshotGuard.of(snapshot);
        try {
            WorkResult result = work(makeTask(snapshot));
            guard.check();
            return result;
        } catch (IOException | RuntimeException e) {
            rooms.snapshots().distrust(snapshot);
            guard.check();
            throw e;
        }
    }

    private WorkResult work(RunTask task) throws IOException, InterruptedException {
        checkCancelled();
        tracked.files().writeTask(task);
        Monitor monitor = new Monitor();
        Worker worker = options.process()
                .<Worker>map(process -> new ChildWorker(
                        process,
                        options.timeLimit(),
                        task.threads(),
                        tracked.files().directory(),
                        monitor))
                .orElseGet(() -> new InProcessWorker(task, algorithm, monitor));
        tracked.setStopper(worker::stop);
        return worker.work();
    }

    private RunTask makeTask(Path snapshot) throws IOException {
        TrainingSpec spec = tracked.run().spec();
        return new RunTask(
                tracked.run().id(),
                snapshot.toString(),
                algorithm.pluginPath().toString(),
                algorithm.sha256(),
                spec.algorithm(),
                spec.hyperparameters(),
                spec.seed(),
                spec.threads(),
                spec.split(),
                spec.refit(),
                spec.earlyStopping(),
                spec.warmStart()
                        .map(version -> new WarmStart(rooms.models().root().toString(), spec.model(), version)),
                memoryBudget(snapshot));
    }

    /** What the run may have beside its snapshot. */
    private long memoryBudget(Path snapshot) throws IOException {
        long total = MemoryCapacity.of(options).totalBytes();
        return Math.max(1, total == Long.MAX_VALUE ? total : total - SnapshotFiles.bytes(snapshot));
    }

    private void checkNotEmpty(SnapshotInfo info) {
        TrainingSpec spec = tracked.run().spec();
        if (info.interactions() == 0) {
            throw new RunFailureException("Dataset '" + spec.dataset() + "' has no interactions"
                    + (spec.typeWeights().isEmpty()
                            ? ""
                            : " of the types " + spec.typeWeights().keySet())
                    + "; import some with 'latent import " + spec.dataset() + " FILE' and start the run again");
        }
    }

    private synchronized Destination begin() {
        if (pending != null) {
            throw new IllegalStateException("The work of a run asked twice for a place for its version");
        }
        pending = rooms.models().begin(tracked.run().model());
        return new Destination(pending.directory().toString(), pending.id());
    }

    private synchronized int publish(WorkResult result) {
        PendingVersion ready = pending;
        if (ready == null) {
            throw new IllegalStateException("The work of a run ended without a version");
        }
        try (Version version = ready.publish(describe(result))) {
            return version.manifest().version();
        } finally {
            pending = null;
        }
    }

    private VersionMetadata describe(WorkResult result) {
        Run run = tracked.run();
        TrainingSpec spec = run.spec();
        return new VersionMetadata(
                run.id(),
                spec.requestedBy(),
                new AlgorithmIdentity(
                        algorithm.name(), algorithm.pluginVersion(), algorithm.spiVersion(), algorithm.sha256()),
                new TrainingFacts(
                        result.task(),
                        spec.hyperparameters(),
                        spec.seed(),
                        spec.dataset(),
                        spec.typeWeights(),
                        result.snapshotFingerprint(),
                        result.sweeps(),
                        result.seconds()),
                result.holdout()
                        .map(report -> describe(report, result.refit(), spec.warmStart()))
                        .orElse(HoldoutFacts.none()));
    }

    private static HoldoutFacts describe(HoldoutReport report, boolean refit, Optional<Integer> start) {
        String protocol = report.protocol() + " seed=" + report.seed()
                + (Double.isInfinite(report.relevance().minimumValue())
                        ? ""
                        : " relevant>=" + report.relevance().minimumValue())
                + (refit ? "; then trained again on everything" : "; the measured model itself")
                + start.map(version -> "; started from version " + version + ", which may know what is held out")
                        .orElse("");
        return new HoldoutFacts(protocol, report.users(), report.metrics(), report.baselines());
    }

    private synchronized void discard() {
        PendingVersion unfinished = pending;
        pending = null;
        if (unfinished != null) {
            unfinished.close();
        }
    }

    private void cleanUp() {
        try {
            tracked.files().deleteWork();
        } catch (IOException e) {
            LOG.warn("Run {}: its snapshot cannot be deleted", tracked.run().id(), e);
        }
    }
}
