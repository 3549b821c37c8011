package dev.latent.testkit;

import dev.latent.spi.Algorithm;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.Scale;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.SparseRows;
import dev.latent.spi.Sweep;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingFailedException;
import dev.latent.spi.TrainingListener;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Keeps the contract; each of {@link BrokenAlgorithms} and {@link BrokenDeclarations} changes one step of it. */
public class SoundAlgorithm implements Algorithm {

    static final Hyperparameter FACTORS =
            new Hyperparameter.OfInteger("factors", "Length of a vector.", 4, 1, 64, Scale.LOG);
    static final Hyperparameter SWEEPS =
            new Hyperparameter.OfInteger("sweeps", "Passes over the data.", 3, 1, 20, Scale.LINEAR);
    static final Hyperparameter PULL =
            new Hyperparameter.OfReal("pull", "How far a sweep moves a vector.", 0.5, 0, 1, Scale.LINEAR);

    /** Creates the algorithm. */
    public SoundAlgorithm() {}

    @Override
    public String name() {
        return "sound";
    }

    @Override
    public String description() {
        return "Moves the vectors of users and items that have to do with each other together.";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return List.of(FACTORS, SWEEPS, PULL);
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return Task.RANKING;
    }

    @Override
    public Optional<ResourceEstimate> estimate(SnapshotShape shape, Hyperparameters hyperparameters, int threads) {
        double bytes = 4.0 * hyperparameters.int32("factors") * ((double) shape.users() + shape.items());
        return Optional.of(new ResourceEstimate(0, (long) bytes, hyperparameters.int32("sweeps"), 0));
    }

    void checkMemory(TrainingContext context) {
        SnapshotShape shape = SnapshotShape.of(context.snapshot());
        long needed =
                estimate(shape, context.hyperparameters(), 1).orElseThrow().totalBytes();
        if (needed > context.memoryBudget()) {
            throw new TrainingFailedException("The vectors need " + needed + " bytes; lower 'factors'");
        }
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        checkCancelled(listener);
        checkMemory(context);
        int factors = context.hyperparameters().int32("factors");
        int sweeps = context.hyperparameters().int32("sweeps");
        float pull = (float) context.hyperparameters().real("pull");
        SparseRows byUser = context.snapshot().byUser();
        SplittableRandom random = new SplittableRandom(seed(context));
        FloatMatrix users = random(arena(context), byUser.rows(), factors, random);
        FloatMatrix items = random(arena(context), byUser.columns(), factors, random);
        for (int number = 1; number <= sweeps; number++) {
            checkCancelled(listener);
            pull(byUser, items, users, pull * pullFactor());
            pull(context.snapshot().byItem(), users, items, pull * pullFactor());
            listener.progress(number, sweeps, 1);
            EmbeddingModel model = EmbeddingModel.builder(users, items).build();
            if (report(listener, number, sweeps, model)) {
                break;
            }
        }
        return finish(users, items);
    }

    void checkCancelled(TrainingListener listener) {
        listener.checkCancelled();
    }

    long seed(TrainingContext context) {
        return context.seed();
    }

    Arena arena(TrainingContext context) {
        return context.arena();
    }

    float pullFactor() {
        return 1;
    }

    boolean report(TrainingListener listener, int number, int sweeps, EmbeddingModel model) {
        return listener.sweep(new Sweep(number, sweeps, Map.of("distance", 1.0 / number), Map.of()), () -> model)
                == TrainingListener.Decision.STOP;
    }

    TrainedModel finish(FloatMatrix users, FloatMatrix items) {
        return EmbeddingModel.builder(users, items).build();
    }

    private static FloatMatrix random(Arena arena, int rows, int columns, SplittableRandom random) {
        FloatMatrix matrix = FloatMatrix.allocate(arena, rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, (float) random.nextDouble(-1, 1));
            }
        }
        return matrix;
    }

    private static void pull(SparseRows rows, FloatMatrix from, FloatMatrix to, float pull) {
        for (int row = 0; row < rows.rows(); row++) {
            for (long position = rows.start(row); position < rows.end(row); position++) {
                for (int factor = 0; factor < to.columns(); factor++) {
                    float target = from.get(rows.index(position), factor);
                    to.set(row, factor, to.get(row, factor) + pull * (target - to.get(row, factor)));
                }
            }
        }
    }
}
