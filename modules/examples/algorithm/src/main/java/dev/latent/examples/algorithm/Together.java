package dev.latent.examples.algorithm;

import dev.latent.spi.*;
import java.util.*;

/** Users get random vectors, items the sum of their users', users that of their items: a score is a co-occurrence. */
public record Together(String name, String description, List<Hyperparameter> hyperparameters) implements Algorithm {
    public Together() {
        this("together", "Finds items that the same users had, by random projection.", List.of());
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return Task.RANKING;
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        Snapshot data = context.snapshot();
        FloatMatrix users = FloatMatrix.allocate(context.arena(), data.userCount(), 128);
        FloatMatrix items = FloatMatrix.allocate(context.arena(), data.itemCount(), 128);
        for (long n = 0; n < users.rows() * 128; n++)
            users.segment().setAtIndex(FloatMatrix.ELEMENT, n, new SplittableRandom(context.seed() + n).nextInt(-1, 2));
        add(data.byItem(), users, items, listener);
        add(data.byUser(), items, users, listener);
        EmbeddingModel model = EmbeddingModel.builder(users, items).build();
        listener.sweep(new Sweep(1, 1, Map.of(), Map.of()), () -> model);
        return model;
    }

    private static void add(SparseRows rows, FloatMatrix from, FloatMatrix to, TrainingListener listener) {
        for (int row = 0; row < rows.rows(); row++) {
            listener.checkCancelled();
            for (long at = rows.start(row); at < rows.end(row); at++)
                for (int factor = 0; factor < to.columns(); factor++)
                    to.set(row, factor, to.get(row, factor) + from.get(rows.index(at), factor));
        }
    }
}
