package dev.latent.training.offline;

import dev.latent.evaluation.RelevanceRule;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.TrainingListener;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains an algorithm on files and measures it beside the baselines: popularity, EASE and, for ratings, damped means. For
 * one evaluation at a time.
 *
 * <p>Lists leave out what a user has in the training or was folded in with. Users without any of both cannot be scored;
 * they are counted as {@code unknown_users} and not measured by the metrics of rankings. Test items that nobody has in the
 * training are asked for all the same; they are counted as {@code cold_items} when the model places them by features that it
 * learnt, else as {@code unknown_items}. Ratings are predicted for all.
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
        listener = new LogListener(log, Integer.MAX_VALUE);
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
        PlanEvaluation evaluation =
                new PlanEvaluation(setting(request, training), algorithms.find(BaselineStudies.EASE), listener);
        try (Arena arena = Arena.ofShared()) {
            EvaluationPlan plan = EvaluationData.read(request.protocol(), effort.seed(), arena);
            TrainedModels models = new TrainedModels(training, listener);
            EvaluationResult result = evaluation.measure(plan, models);
            return report(request, training, result, (System.nanoTime() - started) / 1e9, models);
        }
    }

    private static PlanEvaluation.Setting setting(EvaluationRequest request, OfflineTraining training) {
        return new PlanEvaluation.Setting(
                request.protocol().traits(),
                training.task(),
                RelevanceRule.of(training.algorithm().hyperparameters(), training.hyperparameters()),
                request.metrics(),
                request.baselines(),
                request.effort());
    }

    private static EvaluationReport report(
            EvaluationRequest request,
            OfflineTraining training,
            EvaluationResult result,
            double seconds,
            TrainedModels models) {
        EvaluationReport.Builder report = new EvaluationReport.Builder()
                .put("protocol", request.protocol().traits().name())
                .put("seed", request.effort().seed())
                .put("users", result.users())
                .putEstimates(result.metrics())
                .put("baselines", result.baselines())
                .put("seconds", seconds)
                .put("seconds_train", models.seconds())
                .put("algorithm", request.algorithm())
                .put("hyperparameters", training.hyperparameters().asMap())
                .put("split", result.split())
                .put("denominators", result.denominators())
                .put("segments", result.segments())
                .put("definitions", result.definitions());
        if (!result.folds().isEmpty()) {
            report.put("folds", result.folds());
        }
        List<String> notes = new ArrayList<>(result.notes());
        notes.addAll(UnusedFeatures.found(
                request.protocol().features(),
                training.algorithm(),
                models.learntItemFeatures(),
                models.learntUserFeatures()));
        return report.put("notes", notes).build();
    }
}
