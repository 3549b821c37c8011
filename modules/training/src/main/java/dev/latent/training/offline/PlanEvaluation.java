package dev.latent.training.offline;

import dev.latent.evaluation.Estimate;
import dev.latent.evaluation.FoldedUsers;
import dev.latent.evaluation.Metric;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.Study;
import dev.latent.evaluation.TestCase;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.SparseRows;
import dev.latent.spi.Task;
import dev.latent.spi.TrainingListener;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures models on the parts of a plan beside the baselines: popularity, EASE and, for ratings, damped means. For one
 * evaluation.
 *
 * <p>Lists leave out what a user has in the training or was folded in with. Users without any of both cannot be scored;
 * they are counted as {@code unknown_users} and not measured by the metrics of rankings. Test items that nobody has in the
 * training are asked for all the same; they are counted as {@code cold_items} when the model places them by features that it
 * learnt, else as {@code unknown_items}. Likewise a user who has features that the model learnt can be scored.
 */
public final class PlanEvaluation {

    private final Setting setting;
    private final MetricNames metrics;
    private final BaselineStudies baselines;
    private final TrainingListener listener;
    private final Map<String, Long> denominators = new LinkedHashMap<>();
    private final List<Map<String, Double>> folds = new ArrayList<>();

    /**
     * What is the same in all parts.
     *
     * @param protocol says how some metrics are understood
     * @param task what the models predict
     * @param relevance which test interactions lists should find
     * @param metrics names as {@link Metric} reads them; none for those that suit task and protocol
     * @param baselines whether the baselines are measured beside
     * @param effort seed and threads
     */
    public record Setting(
            ProtocolTraits protocol,
            Task task,
            RelevanceRule relevance,
            List<String> metrics,
            boolean baselines,
            EvaluationRequest.Effort effort) {

        /** Copies the names. */
        public Setting {
            metrics = List.copyOf(metrics);
        }
    }

    /** Gives the model of a part. */
    @FunctionalInterface
    public interface ModelSource {

        /**
         * Opens or trains it.
         *
         * @param part what it is to be measured with
         * @param arena owns the memory of it; shared
         * @return the model and who it can score
         */
        FoldedUsers open(EvaluationPlan.Part part, Arena arena);
    }

    /**
     * Prepares an evaluation.
     *
     * @param setting of all parts
     * @param ease the algorithm of that baseline, if there is one
     * @param listener hears of the trainings of baselines
     * @throws IllegalArgumentException when a metric is not known
     */
    public PlanEvaluation(Setting setting, Optional<LoadedAlgorithm> ease, TrainingListener listener) {
        this.setting = setting;
        this.listener = listener;
        metrics = MetricNames.of(setting.metrics(), setting.protocol(), setting.task());
        baselines = new BaselineStudies(ease, setting.relevance(), metrics.measured(), setting.effort());
    }

    /**
     * Measures.
     *
     * @param plan with what
     * @param models what
     * @return all parts together
     */
    public EvaluationResult measure(EvaluationPlan plan, ModelSource models) {
        Study study = newStudy();
        for (EvaluationPlan.PartSource part : plan.parts()) {
            Study fold = newStudy();
            measure(part, models, fold);
            folds.add(metrics.rename(fold.values()));
            study.addAll(fold);
        }
        List<String> notes = new ArrayList<>(baselines.notes());
        notes.addAll(notes());
        Map<String, Estimate> estimates = metrics.rename(study.estimates());
        return new EvaluationResult(
                plan.split(),
                study.users(),
                estimates,
                baselines.values(metrics),
                renameAll(study.segments()),
                plan.parts().size() > 1 ? folds : List.of(),
                denominators,
                metrics.definitions(),
                notes);
    }

    private Study newStudy() {
        EvaluationRequest.Effort effort = setting.effort();
        return new Study(metrics.measured(), effort.seed(), effort.threads());
    }

    private void measure(EvaluationPlan.PartSource source, ModelSource models, Study study) {
        try (Arena arena = Arena.ofShared()) {
            EvaluationPlan.Part part = source.open(arena);
            FoldedUsers users = models.open(part, arena);
            List<TestCase> cases = part.cases().of(users.histories(), setting.relevance());
            List<TestCase> known = cases.stream()
                    .filter(each -> users.known().get(each.user()))
                    .toList();
            count(part, users.itemsByFeatures(part.train()), cases, known);
            Study.Part measured = new Study.Part(part.train(), users.histories(), part.rated(), known);
            study.add(users.model(), measured);
            if (setting.baselines()) {
                baselines.measure(measured, part.foldIn(), listener);
            }
        }
    }

    private void count(EvaluationPlan.Part part, BitSet byFeatures, List<TestCase> cases, List<TestCase> known) {
        SparseRows test = part.test().byItem();
        long unknownItems = 0;
        long coldItems = 0;
        for (int item = 0; item < test.rows(); item++) {
            boolean isUntrained = test.length(item) > 0 && !part.knownItems().test(item);
            coldItems += isUntrained && byFeatures.get(item) ? 1 : 0;
            unknownItems += isUntrained && !byFeatures.get(item) ? 1 : 0;
        }
        add("train_interactions", part.train().interactionCount());
        add("train_users", nonEmpty(part.train().byUser()));
        add("items", part.test().itemCount());
        add("test_interactions", part.test().interactionCount());
        add("test_users", nonEmpty(part.test().byUser()));
        add("lists", known.size());
        add("relevant", known.stream().mapToLong(each -> each.relevant().length).sum());
        add("unknown_users", users(cases) - users(known));
        add("unknown_items", unknownItems);
        if (coldItems > 0) {
            add("cold_items", coldItems);
        }
        part.leftOut().forEach(this::add);
    }

    private void add(String name, long count) {
        denominators.merge(name, count, Long::sum);
    }

    private static long users(List<TestCase> cases) {
        return cases.stream().mapToInt(TestCase::user).distinct().count();
    }

    private static long nonEmpty(SparseRows rows) {
        long count = 0;
        for (int row = 0; row < rows.rows(); row++) {
            count += rows.length(row) > 0 ? 1 : 0;
        }
        return count;
    }

    private Map<String, Map<String, Map<String, Double>>> renameAll(
            Map<String, Map<String, Map<String, Double>>> segments) {
        Map<String, Map<String, Map<String, Double>>> renamed = new LinkedHashMap<>();
        segments.forEach((kind, bySegment) -> {
            Map<String, Map<String, Double>> all = new LinkedHashMap<>();
            bySegment.forEach((name, values) -> all.put(name, metrics.rename(values)));
            renamed.put(kind, all);
        });
        return renamed;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        long unknown = denominators.getOrDefault("unknown_users", 0L);
        if (unknown > 0) {
            notes.add(unknown + " test users have no interaction in the training and were not folded in: not ranked");
        }
        if (setting.protocol().ranksSamples()) {
            notes.add(
                    "Ranks among sampled items: comparable only with figures published for the same protocol (Krichene,"
                            + " Rendle, KDD 2020)");
        }
        if (setting.task() == Task.RANKING && metrics.measured().stream().anyMatch(PlanEvaluation::isError)) {
            notes.add("This algorithm predicts an order, not values: its rmse and mae are of scores as they are");
        }
        return notes;
    }

    private static boolean isError(Metric metric) {
        return metric.kind() == Metric.Kind.RMSE || metric.kind() == Metric.Kind.MAE;
    }
}
