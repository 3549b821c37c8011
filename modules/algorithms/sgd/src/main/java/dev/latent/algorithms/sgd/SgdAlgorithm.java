package dev.latent.algorithms.sgd;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Matrix factorization by stochastic gradient descent: biased, on ratings, or for rankings from implicit feedback.
 *
 * <p>See {@link Losses} for what is descended, {@link RowKernels} for the step and {@link BlockSchedule} for the order.
 */
public final class SgdAlgorithm implements Algorithm {

    /** Creates the algorithm; it holds no state. */
    public SgdAlgorithm() {}

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public String description() {
        return "Matrix factorization by stochastic gradient descent with AdaGrad: biased, on ratings (squared loss), or"
                + " ranking from implicit feedback (logistic, bpr, warp).";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return SgdSettings.DECLARATIONS;
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return new SgdSettings(hyperparameters).loss() == Loss.SQUARED ? Task.RATING : Task.RANKING;
    }

    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base) {
        return SgdSearch.space(new SgdSettings(base).loss(), Integer.MAX_VALUE, true);
    }

    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base, Snapshot snapshot) {
        return SgdSearch.space(new SgdSettings(base).loss(), snapshot.itemCount(), isTimed(snapshot));
    }

    @Override
    public List<Map<String, String>> startingPoints(Hyperparameters base, Snapshot snapshot) {
        return SgdSearch.starts(new SgdSettings(base).loss(), snapshot.itemCount(), isTimed(snapshot));
    }

    private static boolean isTimed(Snapshot snapshot) {
        return snapshot.byUser().times().byteSize() > 0;
    }

    @Override
    public Optional<ResourceEstimate> estimate(SnapshotShape shape, Hyperparameters hyperparameters, int threads) {
        return Optional.of(RunEstimate.of(shape, SgdSettings.ofRun(hyperparameters), threads));
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        try (Training training = new Training(context, listener)) {
            return training.run();
        }
    }
}
