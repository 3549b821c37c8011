package dev.latent.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.InvalidHyperparametersException;
import dev.latent.spi.ResourceEstimate;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingFailedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link AlgorithmContract} about data and settings at the edge: each gives a sound model, or an error that
 * names what to change.
 */
abstract class BadInputContract {

    private static final int ABOVE_THE_DATA = 40;

    BadInputContract() {}

    /** See {@link AlgorithmContract#algorithm}. */
    protected abstract Algorithm algorithm();

    /** See {@link AlgorithmContract#settings}. */
    protected abstract List<Map<String, String>> settings();

    @Test
    void emptySnapshot_trains() {
        assertTrains(SyntheticSnapshots.empty(0, 0), "no user and no item");
        assertTrains(SyntheticSnapshots.empty(5, 0), "users and no item");
        assertTrains(SyntheticSnapshots.empty(0, 5), "items and no user");
        assertTrains(SyntheticSnapshots.empty(4, 3), "users and items without interactions");
    }

    @Test
    void oneUser_trains() {
        assertTrains(SyntheticSnapshots.ratings(1, 40, 0.5, 1), "one user");
        assertTrains(SyntheticSnapshots.allEqual(1, 1, 3), "one user with one item");
    }

    @Test
    void oneItem_trains() {
        assertTrains(SyntheticSnapshots.ratings(40, 1, 0.5, 1), "one item");
    }

    @Test
    void equalValues_train() {
        assertTrains(SyntheticSnapshots.allEqual(20, 12, 3), "everybody gave every item a 3");
        assertTrains(SyntheticSnapshots.allEqual(20, 12, 0), "everybody gave every item a 0");
    }

    @Test
    void disconnectedBlocks_train() {
        assertTrains(SyntheticSnapshots.disconnectedBlocks(3, 6, 5), "three blocks that share nothing");
    }

    @Test
    void usersAndItemsWithoutInteractions_train() {
        assertTrains(SyntheticSnapshots.withGaps(21, 17), "every other user and item without interactions");
    }

    @Test
    void integersAboveTheData_train() {
        Snapshot snapshot = SyntheticSnapshots.ratings(6, 5, 0.6, 4);
        for (Map<String, String> setting : settings()) {
            for (Hyperparameter declaration : algorithm().hyperparameters()) {
                if (declaration instanceof Hyperparameter.OfInteger integer) {
                    Map<String, String> given = new HashMap<>(setting);
                    long value = Math.clamp(ABOVE_THE_DATA, integer.minimum(), integer.maximum());
                    given.put(integer.name(), Long.toString(value));
                    assertTrains(snapshot, given, "6 users and 5 items");
                }
            }
        }
    }

    @Test
    void extremeValues_trainOrAreNamed() {
        for (ExtremeValues extreme : ExtremeValues.values()) {
            Snapshot snapshot = extreme.snapshot();
            for (Map<String, String> setting : settings()) {
                trainOrRefuse(snapshot, setting, "values " + extreme);
            }
        }
    }

    @Test
    void sparseData_givesTheSameBytesAtAnyThreadCount() {
        List<Snapshot> snapshots =
                List.of(SyntheticSnapshots.withGaps(23, 19), SyntheticSnapshots.ratings(1, 30, 0.5, 2));
        for (Snapshot snapshot : snapshots) {
            for (Map<String, String> setting : settings()) {
                RunContext context = RunContext.of(algorithm(), setting, snapshot);
                Map<String, String> expected = content(context);
                for (int threads : new int[] {2, 7}) {
                    assertThat(content(context.withThreads(threads)).equals(expected))
                            .as("with %s, %s threads give the bytes of 1 thread", setting, threads)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void memoryBudget_allowsTheEstimateAndLessIsRefusedWithTheFigure() {
        Snapshot snapshot = SyntheticSnapshots.ratings(90, 70, 0.2, 4);
        for (Map<String, String> setting : settings()) {
            RunContext context = RunContext.of(algorithm(), setting, snapshot);
            Optional<ResourceEstimate> estimate =
                    algorithm().estimate(SnapshotShape.of(snapshot), context.hyperparameters(), context.threads());
            if (estimate.isPresent()) {
                long bytes = estimate.get().totalBytes();
                assertThat(bytes).as("bytes estimated with %s", setting).isPositive();
                assertThatCode(() -> train(context.withMemoryBudget(bytes)))
                        .as("with %s and a budget of the %s bytes that are estimated", setting, bytes)
                        .doesNotThrowAnyException();
                assertThatThrownBy(() -> train(context.withMemoryBudget(1)))
                        .as("with %s and a budget of 1 byte", setting)
                        .isInstanceOf(TrainingFailedException.class)
                        .hasMessageMatching("(?s).*\\d ?(bytes|[KMG]i?B).*");
            }
        }
    }

    @Test
    void estimateOfBillionsOfInteractions_isCountedWithoutAllocating() {
        SnapshotShape small = new SnapshotShape(1_000, 200, 10_000, 100, 300, 0, 0);
        SnapshotShape large = new SnapshotShape(200_000_000, 100_000, 6L << 30, 90_000, 150_000_000, 0, 0);
        SnapshotShape largest = new SnapshotShape(
                Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 0);
        for (Map<String, String> setting : settings()) {
            Hyperparameters hyperparameters =
                    Hyperparameters.resolve(algorithm().hyperparameters(), setting);
            List<Long> bytes = new ArrayList<>();
            for (SnapshotShape shape : List.of(small, large, largest)) {
                assertThatCode(() -> algorithm()
                                .estimate(shape, hyperparameters, 2)
                                .ifPresent(estimate -> bytes.add(estimate.totalBytes())))
                        .as("estimate with %s of %s", setting, shape)
                        .doesNotThrowAnyException();
            }
            assertThat(bytes)
                    .as("bytes estimated with %s, by growing size", setting)
                    .isSorted();
        }
    }

    private void assertTrains(Snapshot snapshot, String what) {
        for (Map<String, String> setting : settings()) {
            assertTrains(snapshot, setting, what);
        }
    }

    private void assertTrains(Snapshot snapshot, Map<String, String> setting, String what) {
        String where = "on " + what + ", with " + setting;
        RecordingListener listener = new RecordingListener();
        RunContext context = RunContext.of(algorithm(), setting, snapshot).withThreads(2);
        List<TrainedModel> models = new ArrayList<>();
        assertThatCode(() -> models.add(ContractRun.train(algorithm(), context, listener)))
                .as(where)
                .doesNotThrowAnyException();
        Soundness.assertSound(models.getFirst(), snapshot, where);
        Soundness.assertSweeps(listener, where);
    }

    /** Accepts a sound model, and an error that names a hyperparameter. */
    final void trainOrRefuse(Snapshot snapshot, Map<String, String> given, String what) {
        try {
            TrainedModel model = train(snapshot, given);
            Soundness.assertSound(model, snapshot, "for " + what + " with " + given);
        } catch (TrainingFailedException | InvalidHyperparametersException e) {
            assertThat(algorithm().hyperparameters())
                    .as("for %s with %s: '%s' names a hyperparameter to change", what, given, e.getMessage())
                    .anyMatch(declaration -> String.valueOf(e.getMessage()).contains(declaration.name()));
        } catch (RuntimeException e) {
            throw new AssertionError("For " + what + " with " + given + ", train threw " + e, e);
        }
    }

    final TrainedModel train(Snapshot snapshot, Map<String, String> setting) {
        return train(RunContext.of(algorithm(), setting, snapshot));
    }

    private TrainedModel train(RunContext context) {
        return ContractRun.train(algorithm(), context, new RecordingListener());
    }

    final Map<String, String> content(RunContext context) {
        return ModelContent.of(train(context));
    }
}
