package plugin;

import dev.latent.spi.Algorithm;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingListener;
import java.util.List;

/** An ordinary algorithm, but for its name. */
public abstract class Template implements Algorithm {

    @Override
    public String description() {
        return "Trains zeros.";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return List.of();
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return Task.RANKING;
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        return EmbeddingModel.builder(
                        FloatMatrix.allocate(context.arena(), context.snapshot().userCount(), 1),
                        FloatMatrix.allocate(context.arena(), context.snapshot().itemCount(), 1))
                .build();
    }
}
