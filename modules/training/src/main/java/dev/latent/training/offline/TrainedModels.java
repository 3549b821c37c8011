package dev.latent.training.offline;

import dev.latent.evaluation.FoldedUsers;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingListener;
import java.lang.foreign.Arena;
import java.util.Optional;

/** Trains a model for each part of a plan, and counts how long that takes. For one evaluation. */
public final class TrainedModels implements PlanEvaluation.ModelSource {

    private final OfflineTraining training;
    private final TrainingListener listener;
    private double seconds;
    private boolean learntItemFeatures;
    private boolean learntUserFeatures;

    /**
     * Prepares trainings.
     *
     * @param training what trains
     * @param listener hears of it
     */
    public TrainedModels(OfflineTraining training, TrainingListener listener) {
        this.training = training;
        this.listener = listener;
    }

    @Override
    public FoldedUsers open(EvaluationPlan.Part part, Arena arena) {
        long started = System.nanoTime();
        TrainedModel model = training.train(part.train(), Optional.empty(), listener, arena);
        seconds += (System.nanoTime() - started) / 1e9;
        if (model instanceof EmbeddingModel embedding) {
            learntItemFeatures |= embedding.itemFeatureFactors().isPresent();
            learntUserFeatures |= embedding.userFeatureFactors().isPresent();
        }
        return part.foldIn()
                .map(shown -> FoldedUsers.of(model, part.train(), shown, training.threads(), arena))
                .orElseGet(() -> FoldedUsers.none(model, part.train()));
    }

    /**
     * Returns whether a model has vectors of the features of items.
     *
     * @return whether items can be placed by features alone
     */
    boolean learntItemFeatures() {
        return learntItemFeatures;
    }

    /**
     * Returns whether a model has vectors of the features of users.
     *
     * @return whether users can be placed by features alone
     */
    boolean learntUserFeatures() {
        return learntUserFeatures;
    }

    /**
     * Returns how long all trainings took.
     *
     * @return seconds
     */
    public double seconds() {
        return seconds;
    }
}
