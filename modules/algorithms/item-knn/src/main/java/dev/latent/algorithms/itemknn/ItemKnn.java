package dev.latent.algorithms.itemknn;

import dev.latent.math.WorkerPool;
import dev.latent.spi.Algorithm;
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
 * Item-based nearest neighbours (Sarwar et al. 2001; Deshpande and Karypis 2004): of each item the most similar others are
 * kept, and a user's scores are the sums of the similarities to the items of its history.
 *
 * <p>{@link Weighting} states the similarities. Of equally similar items the lower number is kept. Stateless and
 * thread-safe; each item's neighbours are found by one thread in one order, so any number of threads gives the same bytes,
 * and no seed is used.
 */
public final class ItemKnn implements Algorithm {

    /** Creates the algorithm. */
    public ItemKnn() {}

    @Override
    public String name() {
        return "item-knn";
    }

    @Override
    public String description() {
        return "Recommends the items most similar to those of the history, by cosine, TF-IDF or BM25 over their common"
                + " users. Trains in one pass, and every recommendation has an item of the history as its reason.";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return ItemKnnOptions.DECLARED;
    }

    /** All but what an interaction must have to count: that is a fact about the data. */
    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base) {
        return ItemKnnOptions.SEARCHED;
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return Task.RANKING;
    }

    @Override
    public Optional<ResourceEstimate> estimate(SnapshotShape shape, Hyperparameters hyperparameters, int threads) {
        ItemKnnOptions options = ItemKnnOptions.of(hyperparameters);
        return Optional.of(new ResourceEstimate(
                Neighbourhoods.workspaceBytes(shape.users(), shape.items(), threads),
                NeighbourTable.bytes(shape.items(), options.neighbours()),
                1,
                Neighbourhoods.seconds(shape, options.longestHistory(), threads)));
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        ItemKnnOptions options = ItemKnnOptions.of(context.hyperparameters());
        Snapshot snapshot = context.snapshot();
        checkMemory(context, options);
        listener.checkCancelled();
        try (WorkerPool pool = new WorkerPool(context.threads())) {
            NeighbourTable table = NeighbourTable.allocate(context.arena(), snapshot.itemCount(), options.neighbours());
            new Neighbourhoods(snapshot, options, pool, listener).fill(table);
            ItemKnnModel model = new ItemKnnModel(table, options.rule());
            listener.sweep(new Sweep(1, 1, Map.of(), Map.of()), () -> model);
            return model;
        }
    }

    private static void checkMemory(TrainingContext context, ItemKnnOptions options) {
        Snapshot snapshot = context.snapshot();
        double needed = (double) NeighbourTable.bytes(snapshot.itemCount(), options.neighbours())
                + Neighbourhoods.workspaceBytes(snapshot.userCount(), snapshot.itemCount(), context.threads());
        if (needed > context.memoryBudget()) {
            throw new TrainingFailedException(
                    "%d items with %d neighbours need %.0f MiB, the run may use %d MiB; lower '%s'"
                            .formatted(
                                    snapshot.itemCount(),
                                    options.neighbours(),
                                    needed / (1 << 20),
                                    context.memoryBudget() >> 20,
                                    ItemKnnOptions.NEIGHBOURS));
        }
    }

    @Override
    public ScoringModel reopen(SectionReader sections) throws IOException {
        return ItemKnnModel.read(sections);
    }
}
