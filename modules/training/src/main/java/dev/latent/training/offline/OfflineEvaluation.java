package dev.latent.training.offline;

import dev.latent.evaluation.Estimate;
import dev.latent.evaluation.FoldedUsers;
import dev.latent.evaluation.Metric;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.Study;
import dev.latent.evaluation.TestCase;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingListener;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Trains an algorithm on files and measures it beside the baselines: popularity, EASE and, for ratings, damped means. For
 * one evaluation at a time.
 *
 * <p>Lists leave out what a user has in the training or was folded in with. Users without any of both cannot be scored;
 * they are counted as {@code unknown_users} and not measured by the metrics of rankings. Test items that nobody has in the
 * training are asked for all the same; they are counted as {@code unknown_items}. Ratings are predicted for all.
 */
public final class OfflineEvaluation {

    private final OfflineAlgorithms algorithms;
    private final TrainingListener listener;

    /**
     * Prepares evaluations.
     *
     * @param algorithms where algorithms and EASE are looked up
     * @param log takes the lines that trainings write; called by any thread
     */
    public OfflineEvaluation(OfflineAlgorithms algorithms, Consumer<String> log) {
        this.algorithms = algorithms;
        listener = new LogListener(log);
    }

    /** What is the same in all parts of one evaluation. */
    private record Setting(
            OfflineTraining training, RelevanceRule relevance, MetricNames metrics, EvaluationRequest request) {}

    /** What adds up over the parts. */
    private static final class Totals {
        private final Map<String, Long> denominators = new LinkedHashMap<>();
        private final List<Map<String, Double>> folds = new ArrayList<>();
        private double trainingSeconds;

        void add(String name, long count) {
            denominators.merge(name, count, Long::sum);
        }
    }

    /**
     * Evaluates.
     *
     * @param request what to
     * @return the result
     * @throws IOException when a file does not exist or cannot be read
     * @throws OfflineException when the request or a file cannot be used, or the training fails
     */
    public EvaluationReport evaluate(EvaluationRequest request) throws IOException {
        return OfflineException.guard(() -> run(request));
    }

    private EvaluationReport run(EvaluationRequest request) throws IOException {
        long started = System.nanoTime();
        LoadedAlgorithm algorithm = algorithms.get(request.algorithm());
        EvaluationRequest.Effort effort = request.effort();
        OfflineTraining training =
                OfflineTraining.of(algorithm, request.hyperparameters(), effort.seed(), effort.threads());
        MetricNames metrics = MetricNames.of(request, training.task());
        Setting setting = new Setting(
                training, RelevanceRule.of(algorithm.hyperparameters(), training.hyperparameters()), metrics, request);
        try (Arena arena = Arena.ofShared()) {
            EvaluationData.Plan plan = EvaluationData.read(request.protocol(), effort.seed(), arena);
            Study study = new Study(metrics.measured(), effort.seed(), effort.threads());
            BaselineStudies baselines = new BaselineStudies(algorithms, setting.relevance, metrics.measured(), effort);
            Totals totals = new Totals();
            for (EvaluationData.Part part : plan.parts()) {
                Study fold = new Study(metrics.measured(), effort.seed(), effort.threads());
                measure(setting, part, fold, baselines, totals);
                totals.folds.add(metrics.rename(fold.values()));
                study.addAll(fold);
            }
            return report(setting, plan, study, baselines, totals, started);
        }
    }

    private void measure(
            Setting setting, EvaluationData.Part part, Study study, BaselineStudies baselines, Totals totals) {
        try (Arena arena = Arena.ofShared()) {
            long started = System.nanoTime();
            TrainedModel model = setting.training.train(part.train(), Optional.empty(), listener, arena);
            totals.trainingSeconds += (System.nanoTime() - started) / 1e9;
            int threads = setting.training.threads();
            FoldedUsers users = part.foldIn()
                    .map(shown -> FoldedUsers.of(model, part.train(), shown, threads, arena))
                    .orElseGet(() -> FoldedUsers.none(model, part.train()));
            List<TestCase> cases = part.cases().of(users.histories(), setting.relevance);
            List<TestCase> known = cases.stream()
                    .filter(each -> users.known().get(each.user()))
                    .toList();
            count(part, cases, known, totals);
            Study.Part measured = new Study.Part(part.train(), users.histories(), part.test(), known);
            study.add(users.model(), measured);
            if (setting.request.baselines()) {
                baselines.measure(measured, part.foldIn(), listener);
            }
        }
    }

    private static void count(EvaluationData.Part part, List<TestCase> cases, List<TestCase> known, Totals totals) {
        Snapshot test = part.test();
        long unknownItems = 0;
        for (int item = 0; item < test.itemCount(); item++) {
            unknownItems +=
                    part.train().byItem().length(item) == 0 && test.byItem().length(item) > 0 ? 1 : 0;
        }
        totals.add("train_interactions", part.train().interactionCount());
        totals.add("train_users", nonEmpty(part.train().byUser()));
        totals.add("items", test.itemCount());
        totals.add("test_interactions", test.interactionCount());
        totals.add("test_users", nonEmpty(test.byUser()));
        totals.add("lists", known.size());
        totals.add(
                "relevant",
                known.stream().mapToLong(each -> each.relevant().length).sum());
        totals.add("unknown_users", users(cases) - users(known));
        totals.add("unknown_items", unknownItems);
        totals.add("dropped_interactions", part.dropped());
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

    private static EvaluationReport report(
            Setting setting,
            EvaluationData.Plan plan,
            Study study,
            BaselineStudies baselines,
            Totals totals,
            long started) {
        MetricNames metrics = setting.metrics;
        Map<String, Estimate> estimates = metrics.rename(study.estimates());
        List<String> notes = new ArrayList<>(baselines.notes());
        notes.addAll(notes(setting, totals));
        EvaluationReport.Builder report = new EvaluationReport.Builder()
                .put("protocol", setting.request.protocol().name())
                .put("seed", setting.request.effort().seed())
                .put("users", study.users())
                .putEstimates(estimates)
                .put("baselines", baselines.values(metrics))
                .put("seconds", (System.nanoTime() - started) / 1e9)
                .put("seconds_train", totals.trainingSeconds)
                .put("algorithm", setting.request.algorithm())
                .put("hyperparameters", setting.training.hyperparameters().asMap())
                .put("split", plan.split())
                .put("denominators", totals.denominators)
                .put("segments", renameAll(metrics, study.segments()))
                .put("definitions", metrics.definitions());
        if (plan.parts().size() > 1) {
            report.put("folds", totals.folds);
        }
        return report.put("notes", notes).build();
    }

    private static Map<String, Object> renameAll(
            MetricNames metrics, Map<String, Map<String, Map<String, Double>>> segments) {
        Function<Map<String, Map<String, Double>>, Map<String, Object>> renamed = bySegment -> {
            Map<String, Object> all = new LinkedHashMap<>();
            bySegment.forEach((name, values) -> all.put(name, metrics.rename(values)));
            return all;
        };
        return segments.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> renamed.apply(entry.getValue()),
                        (one, _) -> one,
                        LinkedHashMap::new));
    }

    private static List<String> notes(Setting setting, Totals totals) {
        List<String> notes = new ArrayList<>();
        long unknown = totals.denominators.getOrDefault("unknown_users", 0L);
        if (unknown > 0) {
            notes.add(unknown + " test users have no interaction in the training and were not folded in: not ranked");
        }
        if (MetricNames.isSampled(setting.request.protocol())) {
            notes.add(
                    "Ranks among sampled items: comparable only with figures published for the same protocol (Krichene,"
                            + " Rendle, KDD 2020)");
        }
        if (setting.training.task() == Task.RANKING
                && setting.metrics.measured().stream().anyMatch(OfflineEvaluation::isError)) {
            notes.add("This algorithm predicts an order, not values: its rmse and mae are of scores as they are");
        }
        return notes;
    }

    private static boolean isError(Metric metric) {
        return metric.kind() == Metric.Kind.RMSE || metric.kind() == Metric.Kind.MAE;
    }
}
