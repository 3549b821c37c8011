package dev.latent.algorithms.popularity;

import dev.latent.spi.Algorithm;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.Scale;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.Section;
import dev.latent.spi.SectionReader;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.SparseRows;
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
 * Scores an item by how much all users together had of it: the baseline that every other algorithm has to beat.
 *
 * <p>The score of item i is the sum, over its interactions of at least {@code minimum_value}, of {@code w · 2^(−age /
 * half_life_days)}, with w = 1 or the interaction's value, and the age counted in days back from the newest interaction
 * of the snapshot. One pass over the interactions by item, in float64; stateless and thread-safe.
 */
public final class Popularity implements Algorithm {

    static final String WEIGHT = "weight";
    static final String MINIMUM_VALUE = "minimum_value";
    static final String HALF_LIFE_DAYS = "half_life_days";
    static final String COUNT = "count";
    static final String VALUE = "value";

    /** What an interaction takes a processor of today, and what it takes with its age: told, not measured. */
    private static final double COUNT_SECONDS = 4e-9;

    private static final double DECAY_SECONDS = 60e-9;

    private static final List<Hyperparameter> HYPERPARAMETERS = List.of(
            new Hyperparameter.OfChoice(
                    WEIGHT,
                    "What an interaction adds to its item: 'count' adds 1, 'value' its value.",
                    COUNT,
                    List.of(COUNT, VALUE)),
            new Hyperparameter.OfReal(
                    MINIMUM_VALUE,
                    "Interactions of a lower value are not counted; raise it to count only ratings that are praise.",
                    0,
                    -1e6,
                    1e6,
                    Scale.LINEAR),
            new Hyperparameter.OfReal(
                    HALF_LIFE_DAYS,
                    "Days after which an interaction counts half, back from the newest of the snapshot; one without a time"
                            + " counts as the oldest. 0 counts old ones like new ones.",
                    0,
                    0,
                    36_500,
                    Scale.LINEAR));

    /** What a tuner tries: which interactions count is for the owner of the data to say. */
    private static final List<Hyperparameter> SEARCHED = List.of(new Hyperparameter.OfChoice(
            HALF_LIFE_DAYS,
            "None, and from a week to two years.",
            "0",
            List.of("0", "7", "30", "90", "180", "365", "730")));

    /** Creates the algorithm. */
    public Popularity() {}

    @Override
    public String name() {
        return "popularity";
    }

    @Override
    public String description() {
        return "Recommends the same items to everybody, those with the most interactions first."
                + " A baseline for the others and a stand-in while there is little data.";
    }

    @Override
    public List<Hyperparameter> hyperparameters() {
        return HYPERPARAMETERS;
    }

    @Override
    public List<Hyperparameter> searchSpace(Hyperparameters base) {
        return SEARCHED;
    }

    @Override
    public Task task(Hyperparameters hyperparameters) {
        return Task.RANKING;
    }

    @Override
    public Optional<ResourceEstimate> estimate(SnapshotShape shape, Hyperparameters hyperparameters, int threads) {
        double seconds =
                shape.interactions() * (hyperparameters.real(HALF_LIFE_DAYS) > 0 ? DECAY_SECONDS : COUNT_SECONDS);
        return Optional.of(new ResourceEstimate(0, bytes(shape.items()), 1, seconds));
    }

    private static long bytes(int items) {
        return (long) Float.BYTES * items;
    }

    @Override
    public TrainedModel train(TrainingContext context, TrainingListener listener) {
        listener.checkCancelled();
        Snapshot snapshot = context.snapshot();
        if (bytes(snapshot.itemCount()) > context.memoryBudget()) {
            throw new TrainingFailedException(
                    "The scores of %d items need %d bytes, the run may use %d bytes; give it more memory"
                            .formatted(snapshot.itemCount(), bytes(snapshot.itemCount()), context.memoryBudget()));
        }
        Weighing weighing = Weighing.of(context.hyperparameters(), snapshot, listener);
        FloatMatrix scores = FloatMatrix.allocate(context.arena(), snapshot.itemCount(), 1);
        long counted = 0;
        for (int item = 0; item < snapshot.itemCount(); item++) {
            counted += sum(snapshot.byItem(), item, weighing, scores, listener);
            listener.progress(1, 1, (item + 1.0) / snapshot.itemCount());
        }
        ScoringModel model = new PopularityModel(scores);
        listener.sweep(new Sweep(1, 1, Map.of(), Map.of("interactions_counted", (double) counted)), () -> model);
        return model;
    }

    /** Sets the score of one item and returns how many interactions it has from. */
    private static long sum(
            SparseRows byItem, int item, Weighing weighing, FloatMatrix scores, TrainingListener listener) {
        double sum = 0;
        long counted = 0;
        for (long position = byItem.start(item); position < byItem.end(item); position++) {
            if ((position & 0xFFF) == 0) {
                listener.checkCancelled();
            }
            float value = byItem.value(position);
            if (weighing.counts(value)) {
                sum += weighing.weight(value, byItem.time(position));
                counted++;
            }
        }
        if (!Float.isFinite((float) sum)) {
            throw new TrainingFailedException("The values of item " + item + " add up to " + sum
                    + ", more than float32 holds; set '" + WEIGHT + "' to '" + COUNT + "'");
        }
        scores.set(item, 0, (float) sum);
        return counted;
    }

    @Override
    public ScoringModel reopen(SectionReader sections) throws IOException {
        Section section = sections.read(PopularityModel.SECTION);
        if (section.columns() != 1) {
            throw new IOException("Section '" + section.name() + "' has " + section.columns()
                    + " columns, expected 1; it was not written by this algorithm");
        }
        return new PopularityModel(section.floats());
    }
}
