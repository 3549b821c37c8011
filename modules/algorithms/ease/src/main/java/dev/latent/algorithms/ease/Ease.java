package dev.latent.algorithms.ease;

import dev.latent.math.WorkerPool;
import dev.latent.spi.Algorithm;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.SectionReader;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.Sweep;
import dev.latent.spi.Task;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingFailedException;
import dev.latent.spi.TrainingListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * EASEᴿ (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data"): item-to-item weights B with an empty diagonal
 * that best restore the users' own rows X, in closed form.
 *
 * <pre>
 *   minimise  ‖X − X·B‖² + λ‖B‖²  with diag(B) = 0      P = (XᵀX + λI)⁻¹,  B_ij = −P_ij / P_jj       (eq. 8)
 * </pre>
 *
 * <p>A user's scores are the sums of the weights of its items. {@link Precision} forms P through items or through users,
 * whichever are fewer; P is float64, the weights are kept as float32. Stateless and thread-safe; the same snapshot gives
 * the same bytes at any number of threads, and no seed is used.
 */
public final class Ease implements Algorithm {

    /** Creates the algorithm. */
    public Ease() {}

    @Override
    public String name() {
        return "ease";
    }

    @Override
    public String description() {
        return "Item-to-item weights in closed form (EASE of Steck 2019): few settings, strong for catalogues of up to some"
                + " ten thousand items. Memory grows with the square of the number of items.";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return EaseOptions.DECLARED;
    }

    /** All but what an interaction must have to count: that is a fact about the data. */
    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base) {
        return EaseOptions.SEARCHED;
    }

    @Override
    public List<Map<String, String>> startingPoints(Hyperparameters base, Snapshot snapshot) {
        return EaseOptions.STARTS;
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return Task.RANKING;
    }

    @Override
    public Optional<ResourceEstimate> estimate(SnapshotShape shape, Hyperparameters hyperparameters, int threads) {
        return Optional.of(new ResourceEstimate(
                Precision.bytes(shape.users(), shape.items()),
                EaseModel.bytes(shape.items()),
                1,
                Precision.seconds(shape, threads)));
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        Snapshot snapshot = context.snapshot();
        checkMemory(snapshot, context.memoryBudget());
        EaseOptions options = EaseOptions.of(context.hyperparameters());
        try (WorkerPool pool = new WorkerPool(context.threads())) {
            listener.progress(1, 1, 0);
            Precision precision = new Precision(snapshot, options, pool, listener);
            FloatMatrix weights = FloatMatrix.allocate(context.arena(), snapshot.itemCount(), snapshot.itemCount());
            precision.weights(weights);
            EaseModel model = new EaseModel(weights, options.rule());
            listener.sweep(new Sweep(1, 1, Map.of(), Map.of()), () -> model);
            return model;
        }
    }

    private static void checkMemory(Snapshot snapshot, long budget) {
        double needed = (double) Precision.bytes(snapshot.userCount(), snapshot.itemCount())
                + EaseModel.bytes(snapshot.itemCount());
        if (needed > budget || snapshot.itemCount() > EaseModel.MAX_ITEMS) {
            throw new TrainingFailedException(
                    ("%d items and %d users need %.0f MiB, as weights take items² × 4 bytes and"
                                    + " forming them as much again; the run may use %d MiB and %d items. Give the run more"
                                    + " memory, leave out rare items (or raise '%s'), or train wals")
                            .formatted(
                                    snapshot.itemCount(),
                                    snapshot.userCount(),
                                    needed / (1 << 20),
                                    budget >> 20,
                                    EaseModel.MAX_ITEMS,
                                    EaseOptions.MINIMUM_VALUE));
        }
    }

    @Override
    public ScoringModel reopen(SectionReader sections) throws IOException {
        return EaseModel.read(sections);
    }
}
