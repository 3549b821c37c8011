package dev.latent.algorithms.wals;

import dev.latent.math.WorkerPool;
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
 * Weighted alternating least squares: item vectors are solved exactly against fixed user vectors, then user vectors
 * against fixed item vectors, and so on. {@link Objective} states what is minimised and where it comes from.
 *
 * <p>With the exact solver each half-sweep ends in the minimum over its side, so the objective never rises, and since users
 * come last every stored user vector is the closed-form fold-in of its history. {@link BlockRow} and
 * {@link ConjugateGradientRow} lower the objective as well, at a fraction of the time when there are many factors. The
 * same seed gives the same bytes at any number of threads, whichever solver. Warm start: the vectors of known items are
 * taken over and the training begins with the users.
 *
 * <p>Vectors and the sums of one row are float32. What is summed over very many terms is float64: the Gramian of a whole
 * side (by blocks of rows), the normal equations of a row with more than a few thousand interactions (by pieces), the loss
 * of a side, and the solve of the rare row that float32 finds singular.
 */
public final class WalsAlgorithm implements Algorithm {

    /** Creates the algorithm; it holds no state. */
    public WalsAlgorithm() {}

    @Override
    public String name() {
        return "wals";
    }

    @Override
    public String description() {
        return "Weighted alternating least squares (iALS of Rendle et al. 2022; ALS with biases for ratings)."
                + " Strong for implicit feedback, with a closed-form answer for new users.";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return WalsOptions.DECLARED;
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return WalsOptions.isExplicit(hyperparameters) ? Task.RATING : Task.RANKING;
    }

    @Override
    public Optional<ResourceEstimate> estimate(SnapshotShape shape, Hyperparameters hyperparameters, int threads) {
        WalsOptions options = WalsOptions.of(hyperparameters);
        return Optional.of(MemoryNeed.of(shape, options, threads)
                .estimate(options.iterations(), SweepTime.seconds(shape, options, threads)));
    }

    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base) {
        return WalsSearch.space(base);
    }

    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base, Snapshot snapshot) {
        return WalsSearch.space(base, snapshot);
    }

    @Override
    public List<Map<String, String>> startingPoints(Hyperparameters base, Snapshot snapshot) {
        return WalsSearch.starts(base, snapshot);
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        WalsOptions given = WalsOptions.of(context.hyperparameters());
        given.checkMemory(context);
        try (WorkerPool pool = new WorkerPool(context.threads())) {
            WalsOptions options = given.completedFor(context.snapshot(), pool, listener);
            return new WalsTraining(context, options, pool, listener).run();
        }
    }
}
