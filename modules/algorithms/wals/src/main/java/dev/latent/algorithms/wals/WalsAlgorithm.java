package dev.latent.algorithms.wals;

import dev.latent.math.WorkerPool;
import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingListener;
import java.util.List;

/**
 * Weighted alternating least squares: item vectors are solved exactly against fixed user vectors, then user vectors
 * against fixed item vectors, and so on. {@link Objective} states what is minimised and where it comes from.
 *
 * <p>Each half-sweep ends in the exact minimum over its side, so the objective never rises, and since users come last
 * every stored user vector is the closed-form fold-in of its history. The same seed gives the same bytes at any number of
 * threads. Warm start: the vectors of known items are taken over and the training begins with the users.
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
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        WalsOptions options = WalsOptions.of(context.hyperparameters()).completedFor(context.snapshot(), listener);
        try (WorkerPool pool = new WorkerPool(context.threads())) {
            return new WalsTraining(context, options, pool, listener).run();
        }
    }
}
