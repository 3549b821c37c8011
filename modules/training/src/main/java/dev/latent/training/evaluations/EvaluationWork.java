package dev.latent.training.evaluations;

import dev.latent.evaluation.Estimate;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.interactions.StoredSnapshot;
import dev.latent.models.EvaluationFacts;
import dev.latent.models.EvaluationFacts.Basis;
import dev.latent.models.EvaluationFacts.Leakage;
import dev.latent.models.EvaluationFacts.Subject;
import dev.latent.models.Manifest;
import dev.latent.models.ModelStore;
import dev.latent.models.TrainingFacts;
import dev.latent.models.Version;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.training.evaluations.EvaluationFailedException.Reason;
import dev.latent.training.offline.EvaluationPlan;
import dev.latent.training.offline.EvaluationProtocol.Rule;
import dev.latent.training.offline.EvaluationRequest.Effort;
import dev.latent.training.offline.EvaluationResult;
import dev.latent.training.offline.LogListener;
import dev.latent.training.offline.OfflineTraining;
import dev.latent.training.offline.PlanEvaluation;
import dev.latent.training.offline.TrainedModels;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The work of an evaluation: measures a sealed version as it is, or trains its algorithm again and measures that. */
final class EvaluationWork {

    private static final int ALL_SWEEPS = Integer.MAX_VALUE;

    private final EvaluationTask task;
    private final Algorithms algorithms;
    private final Consumer<String> log;
    private final long started = System.nanoTime();

    /**
     * The loaded algorithms.
     *
     * @param own the version's, when its code is needed
     * @param ease the baseline's
     */
    record Algorithms(Optional<LoadedAlgorithm> own, Optional<LoadedAlgorithm> ease) {}

    private EvaluationWork(EvaluationTask task, Algorithms algorithms, Consumer<String> log) {
        this.task = task;
        this.algorithms = algorithms;
        this.log = log;
    }

    /**
     * Does the work.
     *
     * @throws EvaluationFailedException when there is nothing that can be measured
     * @throws IOException when a file cannot be read
     */
    static EvaluationFacts run(EvaluationTask task, Consumer<String> log) throws IOException {
        EvaluationSpec spec = task.spec();
        try (EvaluationPlugins plugins = new EvaluationPlugins();
                Version version =
                        ModelStore.openReadOnly(Path.of(task.models())).open(spec.model(), spec.version())) {
            EvaluationWork work = new EvaluationWork(task, plugins.load(task), log);
            return spec.protocol().isOfVersion() ? work.measureSealed(version) : work.trainAgain(version.manifest());
        }
    }

    private EvaluationFacts measureSealed(Version version) throws IOException {
        try (StoredSnapshot history = StoredSnapshot.open(Path.of(task.history().orElseThrow()));
                Arena arena = Arena.ofShared()) {
            VersionIds users = new VersionIds(version.users());
            VersionIds items = new VersionIds(version.items());
            TestRows rows = testRows(users, items);
            SealedPart sealed =
                    SealedPart.of(version, users, items, rows, new SealedPart.History(history, task.basis()), arena);
            EvaluationPlan.Part part = sealed.part(rows);
            Leakage leakage = sealed.leakage();
            checkLeft(version.manifest(), part, leakage);
            log.accept("measuring " + version.id() + " on " + part.test().interactionCount() + " interactions");
            TrainedModel model = model(version);
            EvaluationPlan plan = new EvaluationPlan(split(), List.of(_ -> part));
            int threads = task.spec().threads();
            EvaluationResult result = evaluation(
                            version.manifest().metadata().training().task(), relevance(version.manifest()))
                    .measure(plan, (_, _) -> sealed.users(model, threads));
            return facts(Subject.VERSION, leakage, result, sealedNotes(version.manifest()), 0);
        }
    }

    private TestRows testRows(VersionIds users, VersionIds items) throws IOException {
        VersionProtocol protocol = task.spec().protocol();
        if (protocol.test().isPresent()) {
            return TestRows.read(protocol, users, items);
        }
        try (StoredSnapshot now = StoredSnapshot.open(Path.of(task.dataset().orElseThrow()))) {
            return TestRows.later(now, task.until(), users, items);
        }
    }

    private void checkLeft(Manifest manifest, EvaluationPlan.Part part, Leakage leakage) {
        if (part.test().interactionCount() > 0) {
            return;
        }
        String dataset = manifest.metadata().training().dataset();
        if (leakage.testInteractions() == 0) {
            throw new EvaluationFailedException(
                    Reason.STATE,
                    "Dataset '" + dataset + "' has no interaction later than " + Instant.ofEpochSecond(task.until())
                            + ", when " + manifest.id() + " was sealed: there is nothing it has not seen; give a test"
                            + " file (--test), wait for interactions, or measure its algorithm by another protocol,"
                            + " such as leave-last-out");
        }
        throw new EvaluationFailedException(
                Reason.STATE,
                "Of " + leakage.testInteractions() + " test interactions " + leakage.seenInteractions() + " are among"
                        + " those of dataset '" + dataset + "' that " + manifest.id() + " has been trained on ("
                        + basis() + ") and nothing is left to measure; give interactions that it has not"
                        + " seen, or measure its algorithm by another protocol, such as leave-last-out");
    }

    private TrainedModel model(Version version) throws IOException {
        if (version.embedding().isPresent()) {
            return version.embedding().get();
        }
        return algorithms.own().orElseThrow().reopen(version.sections());
    }

    /** What the algorithm did not learn as liked is not asked for. */
    private static RelevanceRule relevance(Manifest manifest) {
        String minimum = manifest.metadata().training().hyperparameters().get(RelevanceRule.HYPERPARAMETER);
        return minimum == null ? RelevanceRule.ALL : new RelevanceRule(Double.parseDouble(minimum));
    }

    private PlanEvaluation evaluation(Task kind, RelevanceRule relevance) {
        EvaluationSpec spec = task.spec();
        return new PlanEvaluation(
                new PlanEvaluation.Setting(
                        spec.protocol().traits(),
                        kind,
                        relevance,
                        spec.metrics(),
                        spec.baselines(),
                        new Effort(spec.seed(), spec.threads())),
                algorithms.ease(),
                new LogListener(log, ALL_SWEEPS));
    }

    private EvaluationFacts trainAgain(Manifest manifest) throws IOException {
        EvaluationSpec spec = task.spec();
        TrainingFacts facts = manifest.metadata().training();
        OfflineTraining training = OfflineTraining.of(
                algorithms.own().orElseThrow(), facts.hyperparameters(), spec.seed(), spec.threads());
        int sweeps = facts.sweeps() == 0 ? ALL_SWEEPS : facts.sweeps();
        TrainedModels models = new TrainedModels(training, new LogListener(log, sweeps));
        RelevanceRule relevance = RelevanceRule.of(training.algorithm().hyperparameters(), training.hyperparameters());
        try (StoredSnapshot now = StoredSnapshot.open(Path.of(task.dataset().orElseThrow()))) {
            EvaluationPlan plan = EvaluationPlan.cut(
                    Rule.parse(spec.protocol().name()), spec.protocol().sizes(), now, spec.seed());
            log.accept("training " + training.algorithm().name() + " on "
                    + plan.parts().size() + " part(s) of " + now.interactionCount() + " interactions");
            EvaluationResult result = evaluation(training.task(), relevance).measure(plan, models);
            long test = result.denominators().getOrDefault("test_interactions", 0L);
            return facts(
                    Subject.ALGORITHM,
                    new Leakage(Basis.HELD_OUT, test, 0),
                    result,
                    trainingNotes(manifest, training.algorithm()),
                    models.seconds());
        }
    }

    private String split() {
        return task.spec().protocol().test().isPresent()
                ? "a test file"
                : "interactions of the dataset later than " + Instant.ofEpochSecond(task.until());
    }

    private List<String> sealedNotes(Manifest manifest) {
        return List.of("Measured is " + manifest.id() + " itself; left out of its lists and of the test is what it has"
                + " been trained on: " + basis());
    }

    private String basis() {
        Instant until = Instant.ofEpochSecond(task.until());
        return switch (task.basis()) {
            case EXACT, HELD_OUT -> "the dataset still holds exactly that";
            case BY_TIME -> "the dataset has changed since, so its interactions up to " + until + " are taken for that";
            case UNKNOWN ->
                "it was made elsewhere, so that is not known; the interactions of its dataset up to " + until
                        + " are taken for it";
        };
    }

    private static List<String> trainingNotes(Manifest manifest, LoadedAlgorithm algorithm) {
        List<String> notes = new ArrayList<>();
        notes.add("Measured are the algorithm and the hyperparameters of " + manifest.id()
                + ", trained again from scratch on parts of dataset '"
                + manifest.metadata().training().dataset() + "' as it is now; not the vectors of the version");
        String before = manifest.metadata().algorithm().version();
        if (!before.equals(algorithm.pluginVersion())) {
            notes.add("The version was trained by " + algorithm.name() + " " + before + ", this measures "
                    + algorithm.pluginVersion());
        }
        return notes;
    }

    private EvaluationFacts facts(
            Subject subject, Leakage leakage, EvaluationResult result, List<String> notes, double trainingSeconds) {
        if (result.metrics().isEmpty()) {
            throw new EvaluationFailedException(
                    Reason.STATE,
                    "Nothing could be measured, of " + result.denominators()
                            + ": the version can score none of the test's users, or no interaction of the test counts"
                            + " as liked; check that ids and values are those of its dataset");
        }
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, EvaluationFacts.Interval> intervals = new LinkedHashMap<>();
        result.metrics().forEach((name, estimate) -> {
            values.put(name, estimate.value());
            estimate.interval().ifPresent(found -> intervals.put(name, interval(found)));
        });
        List<String> all = new ArrayList<>(notes);
        all.addAll(result.notes());
        return new EvaluationFacts(
                subject,
                task.spec().protocol().name(),
                result.split(),
                task.spec().seed(),
                result.users(),
                values,
                intervals,
                result.baselines(),
                leakage,
                result.denominators(),
                parts(result),
                result.definitions(),
                all,
                new EvaluationFacts.Duration((System.nanoTime() - started) / 1e9, trainingSeconds));
    }

    private static EvaluationFacts.Interval interval(Estimate.Interval found) {
        return new EvaluationFacts.Interval(found.low(), found.high());
    }

    private static List<EvaluationFacts.Part> parts(EvaluationResult result) {
        List<EvaluationFacts.Part> parts = new ArrayList<>();
        result.segments()
                .forEach((kind, bySegment) ->
                        bySegment.forEach((name, values) -> parts.add(new EvaluationFacts.Part(kind, name, values))));
        for (int fold = 0; fold < result.folds().size(); fold++) {
            parts.add(new EvaluationFacts.Part(
                    "fold", Integer.toString(fold + 1), result.folds().get(fold)));
        }
        return parts;
    }
}
