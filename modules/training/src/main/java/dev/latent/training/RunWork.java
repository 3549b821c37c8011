package dev.latent.training;

import dev.latent.evaluation.HoldoutEvaluator;
import dev.latent.evaluation.HoldoutReport;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.SplitSnapshot;
import dev.latent.interactions.StoredSnapshot;
import dev.latent.models.VersionWriter;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Section;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingCancelledException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
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
    private final WorkMonitor monitor;
    private final Hyperparameters hyperparameters;
    private final Task kind;
    private final HoldoutEvaluator evaluator;
    private final ModelCheck check;

    RunWork(RunTask task, LoadedAlgorithm algorithm, StoredSnapshot snapshot, WorkMonitor monitor) {
        this.task = task;
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

    /**
     * Does the work.
     *
     * @throws TrainingCancelledException when the monitor says so
     * @throws RuntimeException when it fails, with a message for the user
     */
    WorkResult run() throws IOException {
        long started = System.nanoTime();
        try (Arena arena = Arena.ofShared()) {
            HoldoutPlan plan = HoldoutPlan.make(task, kind, snapshot, arena);
            describe(plan);
            try (SweepWatch watch = plan.validation()
                    .map(part -> new SweepWatch(evaluator, task.earlyStopping().orElseThrow(), check, plan.fit(), part))
                    .orElse(null)) {
                Trained measured = trainToMeasure(plan, Optional.ofNullable(watch), arena);
                Optional<HoldoutReport> report = measure(plan, measured.model());
                boolean refit = isRefit(plan);
                Trained last = refit ? refit(measured, arena) : measured;
                write(last.model(), HistoryCounts.of(refit ? snapshot : plan.fit(), arena));
                double seconds = (System.nanoTime() - started) / 1e9;
                return new WorkResult(kind, snapshot.fingerprint(), last.sweeps(), refit, seconds, report);
            }
        }
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
        WorkContext context = new WorkContext(data, hyperparameters, task.seed(), task.threads(), arena, validation);
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

    private Trained refit(Trained measured, Arena arena) {
        int sweeps = measured.sweeps() == 0 ? ALL_SWEEPS : measured.sweeps();
        return train(snapshot, RunProgress.Phase.REFIT, sweeps, Optional.empty(), Optional.empty(), arena);
    }

    private void write(TrainedModel model, List<Section> counts) throws IOException {
        monitor.progress(RunProgress.of(RunProgress.Phase.PUBLISH));
        Destination destination = monitor.openDestination();
        VersionWriter.write(
                Path.of(destination.directory()),
                destination.objectId(),
                model,
                snapshot.users(),
                snapshot.items(),
                counts);
    }
}
