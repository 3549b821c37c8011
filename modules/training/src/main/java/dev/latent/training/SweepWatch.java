package dev.latent.training;

import dev.latent.evaluation.HoldoutEvaluator;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainedModel;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Early stopping: measures the model on the validation part after each sweep and keeps a copy of the best one, when it is
 * made of embeddings. For one thread.
 */
final class SweepWatch implements AutoCloseable {

    private final HoldoutEvaluator evaluator;
    private final ModelCheck check;
    private final Snapshot fit;
    private final Snapshot validation;
    private final String metric;
    private final int patience;
    private int bestSweep;
    private double bestValue;
    private @Nullable EmbeddingModel bestModel;
    private @Nullable Arena bestArena;

    SweepWatch(HoldoutEvaluator evaluator, EarlyStopping rule, ModelCheck check, Snapshot fit, Snapshot validation) {
        this.evaluator = evaluator;
        this.check = check;
        this.fit = fit;
        this.validation = validation;
        metric = rule.metric().isEmpty() ? firstMetric(evaluator) : rule.metric();
        patience = rule.patience();
    }

    private static String firstMetric(HoldoutEvaluator evaluator) {
        return switch (evaluator.task()) {
            case RANKING -> "ndcg@" + evaluator.cutoffs().getFirst();
            case RATING -> "rmse";
        };
    }

    /** Measures a sweep, adds what was measured to the metrics and tells whether patience has run out. */
    boolean isEnough(int sweep, Supplier<? extends TrainedModel> current, Map<String, Double> metrics) {
        TrainedModel model = current.get();
        check.check(model);
        Map<String, Double> measured = evaluator.measure(model, fit, validation).metrics();
        Double value = measured.get(metric);
        if (value == null) {
            throw new RunFailureException(
                    "Early stopping watches '" + metric + "', which is not measured for this model" + "; choose one of "
                            + String.join(", ", measured.keySet()));
        }
        metrics.put("validation_" + metric, value);
        if (bestSweep == 0 || isBetter(value)) {
            bestSweep = sweep;
            bestValue = value;
            keep(model);
        }
        return sweep - bestSweep >= patience;
    }

    private boolean isBetter(double value) {
        boolean isError = metric.equals("rmse") || metric.equals("mae");
        return isError ? value < bestValue : value > bestValue;
    }

    @SuppressWarnings("MustBeClosed") // by close(), or by the next best sweep
    private void keep(TrainedModel model) {
        close();
        if (model instanceof EmbeddingModel embedding) {
            Arena arena = Arena.ofShared();
            bestArena = arena;
            bestModel = embedding.copyTo(arena);
        }
    }

    /** Returns the best sweep, 0 before the first. */
    int bestSweep() {
        return bestSweep;
    }

    /** Returns the model as it was after the best sweep, valid until {@link #close}. */
    Optional<EmbeddingModel> bestModel() {
        return Optional.ofNullable(bestModel);
    }

    @Override
    public void close() {
        if (bestArena != null) {
            bestArena.close();
        }
        bestArena = null;
        bestModel = null;
    }
}
