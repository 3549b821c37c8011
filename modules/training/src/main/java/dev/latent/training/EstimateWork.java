package dev.latent.training;

import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.ResourceEstimate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks an algorithm what a run needs and, when that does not fit, which hyperparameter makes it smaller. */
final class EstimateWork {

    private static final int HALVINGS = 8;

    private final EstimateTask task;
    private final LoadedAlgorithm algorithm;

    private EstimateWork(EstimateTask task, LoadedAlgorithm algorithm) {
        this.task = task;
        this.algorithm = algorithm;
    }

    static EstimateAnswer answer(EstimateTask task, LoadedAlgorithm algorithm) {
        return new EstimateWork(task, algorithm).answer();
    }

    private EstimateAnswer answer() {
        Optional<ResourceEstimate> estimate = estimate(task.hyperparameters());
        if (estimate.isEmpty()) {
            return EstimateAnswer.unknown("Algorithm '" + algorithm.name() + "' does not tell what it needs");
        }
        return new EstimateAnswer(estimate, fits(estimate.get()) ? "" : advice(), "");
    }

    private Optional<ResourceEstimate> estimate(Map<String, String> values) {
        Hyperparameters hyperparameters = Hyperparameters.resolve(algorithm.hyperparameters(), values);
        return algorithm.estimate(task.shape(), hyperparameters, task.threads());
    }

    private boolean fits(ResourceEstimate estimate) {
        return estimate.heapBytes() <= task.heapLeft() && estimate.totalBytes() <= task.totalLeft();
    }

    /** The first whole-numbered hyperparameter that makes the run fit when it is halved often enough. */
    private String advice() {
        for (Hyperparameter declared : algorithm.hyperparameters()) {
            if (declared instanceof Hyperparameter.OfInteger whole) {
                Optional<String> advice = halve(whole);
                if (advice.isPresent()) {
                    return advice.get();
                }
            }
        }
        return "";
    }

    private Optional<String> halve(Hyperparameter.OfInteger whole) {
        long before = Long.parseLong(task.hyperparameters().getOrDefault(whole.name(), whole.defaultText()));
        long value = before;
        Map<String, String> values = new TreeMap<>(task.hyperparameters());
        for (int halving = 0; halving < HALVINGS && value / 2 >= whole.minimum() && value > 1; halving++) {
            value /= 2;
            values.put(whole.name(), Long.toString(value));
            if (estimate(values).filter(this::fits).isPresent()) {
                return Optional.of("lower '" + whole.name() + "' (it was " + before + ", " + value + " would fit)");
            }
        }
        return Optional.empty();
    }
}
