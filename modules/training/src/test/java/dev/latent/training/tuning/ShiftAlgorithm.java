package dev.latent.training.tuning;

import dev.latent.spi.Algorithm;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Scale;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Sweep;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingFailedException;
import dev.latent.spi.TrainingListener;
import java.util.List;
import java.util.Map;

/**
 * Predicts one number for everything: {@code shift}, which it comes nearer to by nine tenths each sweep. Fails when {@code shift}
 * is
 * beyond {@code highest}.
 */
record ShiftAlgorithm(double highest, int sweeps, List<Map<String, String>> starts) implements Algorithm {

    static final int SWEEPS = 9;

    ShiftAlgorithm(double highest) {
        this(highest, SWEEPS, List.of());
    }

    @Override
    public String name() {
        return "shift";
    }

    @Override
    public String description() {
        return "Predicts one number.";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return List.of(
                new Hyperparameter.OfReal("shift", "What is predicted.", 1, 0, 1000, Scale.LINEAR),
                new Hyperparameter.OfInteger("steps", "Moves nothing.", 1, 0, 9, Scale.LINEAR),
                new Hyperparameter.OfChoice("sign", "Of the number.", "minus", List.of("minus", "plus")),
                new Hyperparameter.OfChoice("kind", "Of the model.", "ranks", List.of("ranks", "rates")),
                new Hyperparameter.OfFlag("half", "Not searched.", false));
    }

    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base) {
        return List.of(
                new Hyperparameter.OfReal("shift", "What is predicted.", 1, 0.5, 8, Scale.LOG),
                new Hyperparameter.OfInteger("steps", "Moves nothing.", 1, 0, 9, Scale.LINEAR),
                new Hyperparameter.OfChoice("sign", "Of the number.", "minus", List.of("minus", "plus")));
    }

    /** Searches no shift above the number of items. */
    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base, Snapshot snapshot) {
        return searchSpace(base).stream()
                .map(range -> range instanceof Hyperparameter.OfReal real
                        ? new Hyperparameter.OfReal(
                                real.name(),
                                real.description(),
                                real.defaultValue(),
                                real.minimum(),
                                Math.min(real.maximum(), snapshot.itemCount()),
                                real.scale())
                        : range)
                .toList();
    }

    @Override
    public List<Map<String, String>> startingPoints(Hyperparameters base, Snapshot snapshot) {
        return starts;
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return hyperparameters.choice("kind").equals("rates") ? Task.RATING : Task.RANKING;
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        double shift = context.hyperparameters().real("shift");
        if (shift > highest) {
            throw new TrainingFailedException("A shift of " + shift + " is too much");
        }
        double goal = context.hyperparameters().choice("sign").equals("plus") ? shift : -shift;
        EmbeddingModel model = model(context, 0);
        for (int sweep = 1; sweep <= sweeps; sweep++) {
            double value = goal * (1 - Math.pow(0.1, sweep));
            EmbeddingModel current = model(context, value);
            model = current;
            Map<String, Double> loss = Map.of("observed", Math.abs(3 - value) + 1);
            if (listener.sweep(new Sweep(sweep, sweeps, loss, Map.of()), () -> current)
                    == TrainingListener.Decision.STOP) {
                return model;
            }
        }
        return model;
    }

    private static EmbeddingModel model(TrainingContext context, double value) {
        FloatMatrix users =
                FloatMatrix.allocate(context.arena(), context.snapshot().userCount(), 1);
        FloatMatrix items =
                FloatMatrix.allocate(context.arena(), context.snapshot().itemCount(), 1);
        return EmbeddingModel.builder(users, items).offset((float) value).build();
    }
}
