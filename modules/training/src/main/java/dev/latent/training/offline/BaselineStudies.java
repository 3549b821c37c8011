package dev.latent.training.offline;

import dev.latent.evaluation.BiasBaseline;
import dev.latent.evaluation.FoldedUsers;
import dev.latent.evaluation.Metric;
import dev.latent.evaluation.PopularityBaseline;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.Study;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.PluginException;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingFailedException;
import dev.latent.spi.TrainingListener;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Measures what a model has to beat, on the parts and the users that the model was measured on. */
final class BaselineStudies {

    static final String EASE = "ease";

    private final Optional<LoadedAlgorithm> ease;
    private final RelevanceRule relevance;
    private final List<Metric> metrics;
    private final EvaluationRequest.Effort effort;
    private final Map<String, Study> studies = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    BaselineStudies(
            Optional<LoadedAlgorithm> ease,
            RelevanceRule relevance,
            List<Metric> metrics,
            EvaluationRequest.Effort effort) {
        this.ease = ease;
        this.relevance = relevance;
        this.metrics = metrics;
        this.effort = effort;
    }

    void measure(Study.Part part, Optional<Snapshot> foldIn, TrainingListener listener) {
        List<Metric> ranking =
                metrics.stream().filter(metric -> !isError(metric)).toList();
        List<Metric> errors = metrics.stream().filter(BaselineStudies::isError).toList();
        if (!ranking.isEmpty()) {
            study("popularity", ranking).add(new PopularityBaseline(part.train(), relevance), part);
            measureEase(ranking, part, foldIn, listener);
        }
        if (!errors.isEmpty()) {
            study("item_mean", errors).add(BiasBaseline.itemMean(part.train()), part);
            study("bias", errors).add(BiasBaseline.of(part.train()), part);
        }
    }

    private static boolean isError(Metric metric) {
        return metric.kind() == Metric.Kind.RMSE || metric.kind() == Metric.Kind.MAE;
    }

    private Study study(String name, List<Metric> measured) {
        return studies.computeIfAbsent(name, _ -> new Study(measured, effort.seed(), effort.threads()));
    }

    private void measureEase(
            List<Metric> ranking, Study.Part part, Optional<Snapshot> foldIn, TrainingListener listener) {
        if (ease.isEmpty()) {
            notes.add("Baseline ease: not measured, no plugin has the algorithm; add it by --plugins DIR");
            return;
        }
        try (Arena arena = Arena.ofShared()) {
            OfflineTraining training =
                    OfflineTraining.of(ease.get(), settings(ease.get()), effort.seed(), effort.threads());
            TrainedModel model = training.train(part.train(), Optional.empty(), listener, arena);
            FoldedUsers users = foldIn.map(shown -> FoldedUsers.of(model, part.train(), shown, effort.threads(), arena))
                    .orElseGet(() -> FoldedUsers.none(model, part.train()));
            study(EASE, ranking).add(users.model(), part);
        } catch (TrainingFailedException | PluginException | OutOfMemoryError e) {
            notes.add("Baseline ease: not measured for " + part.train().itemCount() + " items: " + e.getMessage());
        }
    }

    /** What the model does not learn as liked, EASE does not either. */
    private Map<String, String> settings(LoadedAlgorithm ease) {
        boolean declares = ease.hyperparameters().stream()
                .map(Hyperparameter::name)
                .anyMatch(RelevanceRule.HYPERPARAMETER::equals);
        return declares && Double.isFinite(relevance.minimumValue())
                ? Map.of(RelevanceRule.HYPERPARAMETER, Double.toString(relevance.minimumValue()))
                : Map.of();
    }

    Map<String, Map<String, Double>> values(MetricNames names) {
        Map<String, Map<String, Double>> values = new LinkedHashMap<>();
        studies.forEach((name, study) -> values.put(name, names.rename(study.values())));
        return values;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
