package dev.latent.training;

import dev.latent.evaluation.HoldoutEvaluator;
import dev.latent.evaluation.HoldoutReport;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.SplitSnapshot;
import dev.latent.interactions.StoredSnapshot;
import dev.latent.models.Version;
import dev.latent.models.VersionWriter;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Section;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingCancelledException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The work of a run, the same in a child process and inside the parent: cut the holdout, train, check the model, measure it
 * beside the baselines, train again on everything with as many sweeps, and write the pieces of the version.
 */
final class RunWork {

    private static final int ALL_SWEEPS = Integer.MAX_VALUE;

    private final RunTask task;
    private final LoadedAlgorithm algorithm;
    private final StoredSnapshot snapshot;
    private final Optional<EarlierVersion> earlier;
    private final WorkMonitor monitor;
    private final Hyperparameters hyperparameters;
    private final Task kind;
    private final HoldoutEvaluator evaluator;
    private final ModelCheck check;

    RunWork(
            RunTask task,
            LoadedAlgorithm algorithm,
            StoredSnapshot snapshot,
            Optional<EarlierVersion> earlier,
            WorkMonitor monitor) {
        this.task = task;
        this.earlier = earlier;
        this.algorithm = algorithm;
        this.snapshot = snapshot;
        this.monitor = monitor;
        hyperparameters = Hyperparameters.resolve(algorithm.hyperparameters(), task.hyperparameters());
        kind = algorithm.task(hyperparameters);
        evaluator = new HoldoutEvaluator(
                kind,
                RelevanceRule.of(algorithm.hyperparameters(), hyperparameters),
                HoldoutEvaluator.DEFAULT_CUTOFFS,
                task.threads());
        check = new ModelCheck(
                "Plugin '" + algorithm.pluginName() + "' version " + algorithm.pluginVersion() + ", algorithm '"
                        + algorithm.name() + "'",
                snapshot);
    }

    /** A model that was trained for some sweeps. */
    private record Trained(TrainedModel model, int sweeps) {}

    /** What came of training to measure. */
    private record Measured(int sweeps, boolean isLast, Optional<HoldoutReport> report) {}

    /**
     * Does the work.
     *
     * @throws TrainingCancelledException when the monitor says so
     * @throws RuntimeException when it fails, with a message for the user
     */
    private WorkResult run() throws IOException {
        long started = System.nanoTime();
        Measured measured;
        try (Arena arena = Arena.ofShared()) { // of the parts and the measured model, gone before all is trained on
            HoldoutPlan plan = HoldoutPlan.make(task, kind, snapshot, arena);
            describe(plan);
            measured = trainAndMeasure(plan, arena);
        }
        if (!measured.isLast()) {
            try (Arena arena = Arena.ofShared()) {
                int planned = measured.sweeps() == 0 ? ALL_SWEEPS : measured.sweeps();
                Trained last =
                        train(snapshot, RunProgress.Phase.REFIT, planned, Optional.empty(), Optional.empty(), arena);
                write(last.model(), HistoryCounts.of(snapshot, arena));
                measured = new Measured(last.sweeps(), false, measured.report());
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return new WorkResult(
                kind,
                snapshot.fingerprint(),
                measured.sweeps(),
                !measured.isLast(),
                seconds,
                peakBytes(),
                measured.report());
    }

    /** What training on a part came to; its model is written when it is the last one. */
    private Measured trainAndMeasure(HoldoutPlan plan, Arena arena) throws IOException {
        if (plan.fit() != snapshot) {
            snapshot.release();
        }
        try (SweepWatch watch = plan.validation()
                .map(part -> new SweepWatch(evaluator, task.earlyStopping().orElseThrow(), check, plan.fit(), part))
                .orElse(null)) {
            Trained trained = trainToMeasure(plan, Optional.ofNullable(watch), arena);
            Optional<HoldoutReport> report = measure(plan, trained.model());
            boolean isLast = !isRefit(plan);
            if (isLast) {
                write(trained.model(), HistoryCounts.of(plan.fit(), arena));
            }
            return new Measured(trained.sweeps(), isLast, report);
        }
    }

    /** Does the work of a task on an opened snapshot. */
    static WorkResult run(RunTask task, LoadedAlgorithm algorithm, StoredSnapshot snapshot, WorkMonitor monitor)
            throws IOException {
        if (task.warmStart().isEmpty()) {
            return new RunWork(task, algorithm, snapshot, Optional.empty(), monitor).run();
        }
        try (EarlierVersion earlier = EarlierVersion.open(task.warmStart().get(), snapshot)) {
            monitor.log(earlier.describe());
            return new RunWork(task, algorithm, snapshot, Optional.of(earlier), monitor).run();
        }
    }

    private long peakBytes() {
        long bytes = ProcessMemory.peakBytes();
        if (bytes > 0) {
            monitor.log("Peak memory of the process: " + ByteText.of(bytes));
        }
        return bytes;
    }

    private void describe(HoldoutPlan plan) {
        monitor.log(snapshot.interactionCount() + " interactions of " + snapshot.userCount() + " users and "
                + snapshot.itemCount() + " items; "
                + plan.test()
                        .map(test -> "held out by " + plan.split().orElseThrow() + ": " + test.interactionCount())
                        .orElse("nothing is held out"));
        if (plan.test().isEmpty() && !task.split().equals(TrainingSpec.NO_SPLIT)) {
            monitor.log(
                    "The split '" + task.split() + "' would leave nothing to measure or to learn from: not measured");
        }
        if (task.earlyStopping().isPresent() && plan.validation().isEmpty()) {
            monitor.log("No validation part can be cut, so training does not stop early");
        }
    }

    private Trained trainToMeasure(HoldoutPlan plan, Optional<SweepWatch> watch, Arena arena) {
        Trained trained = train(plan.fit(), RunProgress.Phase.TRAIN, ALL_SWEEPS, watch, plan.validation(), arena);
        if (watch.isEmpty() || watch.get().bestSweep() == 0 || watch.get().bestSweep() == trained.sweeps()) {
            return trained;
        }
        int best = watch.get().bestSweep();
        monitor.log("Sweep " + best + " of " + trained.sweeps() + " was the best on the validation part");
        return watch.get()
                .bestModel()
                .map(model -> new Trained(model, best))
                .orElseGet(() ->
                        train(plan.fit(), RunProgress.Phase.TRAIN, best, Optional.empty(), plan.validation(), arena));
    }

    private Trained train(
            Snapshot data,
            RunProgress.Phase phase,
            int lastSweep,
            Optional<SweepWatch> watch,
            Optional<Snapshot> validation,
            Arena arena) {
        monitor.progress(RunProgress.of(phase));
        WorkListener listener = new WorkListener(monitor, phase, lastSweep, watch);
        listener.checkCancelled();
        WorkContext context = new WorkContext(
                data,
                hyperparameters,
                task.seed(),
                task.threads(),
                arena,
                validation,
                earlier.map(EarlierVersion::previous),
                task.memoryBudget());
        TrainedModel model = algorithm.train(context, listener);
        listener.checkCancelled();
        check.check(model);
        return new Trained(model, listener.sweeps());
    }

    private Optional<HoldoutReport> measure(HoldoutPlan plan, TrainedModel model) {
        if (plan.test().isEmpty()) {
            return Optional.empty();
        }
        monitor.progress(RunProgress.of(RunProgress.Phase.EVALUATE));
        SplitSnapshot parts = new SplitSnapshot(plan.train(), plan.test().get());
        HoldoutReport report = evaluator.report(model, parts, plan.split().orElseThrow(), task.seed());
        monitor.log(
                "Holdout of " + report.users() + " users: " + report.metrics() + "; baselines: " + report.baselines());
        return Optional.of(report);
    }

    /** Whether some interactions have not been trained on yet. */
    private boolean isRefit(HoldoutPlan plan) {
        return task.refit() && plan.fit().interactionCount() < snapshot.interactionCount();
    }

    private void write(TrainedModel model, List<Section> counts) throws IOException {
        monitor.progress(RunProgress.of(RunProgress.Phase.PUBLISH));
        Destination destination = monitor.openDestination();
        List<Section> extras = new ArrayList<>(counts);
        if (model instanceof EmbeddingModel embedding) {
            embedding
                    .itemFeatureFactors()
                    .flatMap(_ -> snapshot.itemFeatureNames())
                    .ifPresent(names -> extras.addAll(names.sections(Version.ITEM_FEATURE_NAMES)));
            embedding
                    .userFeatureFactors()
                    .flatMap(_ -> snapshot.userFeatureNames())
                    .ifPresent(names -> extras.addAll(names.sections(Version.USER_FEATURE_NAMES)));
        }
        VersionWriter.write(
                Path.of(destination.directory()),
                destination.objectId(),
                model,
                snapshot.users(),
                snapshot.items(),
                extras);
    }
}
