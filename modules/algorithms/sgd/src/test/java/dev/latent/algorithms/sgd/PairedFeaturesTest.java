package dev.latent.algorithms.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FeaturePairs;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainingFailedException;
import dev.latent.testkit.InMemorySections;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.ModelContent;
import dev.latent.testkit.RecordingListener;
import dev.latent.testkit.RunContext;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Items have one of two colours (features 0 and 1) and one of two shapes (2 and 3). Even users like red circles and blue
 * squares, odd ones the others: no colour and no shape is liked better than another.
 */
class PairedFeaturesTest {

    private static final SgdAlgorithm SGD = new SgdAlgorithm();
    private static final int USERS = 100;
    private static final int ITEMS = 80;
    private static final int FIRST_NEW = 60;

    private final Arena arena = Arena.ofAuto();

    private Snapshot snapshot() {
        SplittableRandom random = new SplittableRandom(4);
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(USERS, ITEMS);
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < FIRST_NEW; item++) {
                if (random.nextDouble() < (likes(user, item) ? 0.6 : 0.05)) {
                    builder.add(user, item, likes(user, item) ? 5 : 1);
                }
            }
        }
        int[][] features = IntStream.range(0, ITEMS)
                .mapToObj(item -> new int[] {colour(item), shape(item)})
                .toArray(int[][]::new);
        return builder.itemFeatures(rows(4, features)).build();
    }

    private static boolean likes(int user, int item) {
        return (colour(item) == shape(item) - 2) == (user % 2 == 0);
    }

    private static int colour(int item) {
        return item % 2;
    }

    private static int shape(int item) {
        return 2 + item / 2 % 2;
    }

    private SparseRows rows(int columns, int[]... ofRows) {
        int entries =
                IntStream.range(0, ofRows.length).map(row -> ofRows[row].length).sum();
        MemorySegment offsets = arena.allocate((ofRows.length + 1L) * Long.BYTES, 8);
        MemorySegment indices = arena.allocate((long) entries * Integer.BYTES, 8);
        MemorySegment values = arena.allocate((long) entries * Float.BYTES, 8);
        int position = 0;
        for (int row = 0; row < ofRows.length; row++) {
            for (int column : ofRows[row]) {
                indices.set(SparseRows.INT32, (long) position * Integer.BYTES, column);
                values.set(SparseRows.FLOAT32, (long) position++ * Float.BYTES, 1);
            }
            offsets.set(SparseRows.INT64, (row + 1L) * Long.BYTES, position);
        }
        return new SparseRows(ofRows.length, columns, offsets, indices, values, MemorySegment.NULL);
    }

    private EmbeddingModel train(Map<String, String> further, int threads) {
        Map<String, String> given = new HashMap<>(Map.of("loss", "bpr", "features", "own", "factors", "12"));
        given.putAll(further);
        return (EmbeddingModel)
                SGD.train(RunContext.of(SGD, given, snapshot()).withThreads(threads), new RecordingListener());
    }

    /** The share of likes among the pairs of a user and a new item that score above the user's mean of new items. */
    private static double precision(EmbeddingModel model) {
        int right = 0;
        int above = 0;
        for (int user = 0; user < USERS; user++) {
            int of = user;
            double mean = IntStream.range(FIRST_NEW, ITEMS)
                    .mapToDouble(item -> model.score(of, item))
                    .average()
                    .orElseThrow();
            for (int item = FIRST_NEW; item < ITEMS; item++) {
                boolean isAbove = model.score(user, item) > mean;
                above += isAbove ? 1 : 0;
                right += isAbove && likes(user, item) ? 1 : 0;
            }
        }
        return (double) right / above;
    }

    @ParameterizedTest
    @ValueSource(strings = {"squared", "logistic", "bpr", "warp"})
    void pairs_tellWhatNeitherFeatureDoes(String loss) {
        assertThat(precision(train(Map.of("loss", loss, "feature_pairs", "1"), 2)))
                .isGreaterThan(0.9);
        assertThat(precision(train(Map.of("loss", loss), 2))).isBetween(0.3, 0.7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "only"})
    void newItem_isTheSumOfItsFeaturesAndItsPairs(String features) {
        EmbeddingModel model = train(Map.of("features", features, "feature_pairs", "0.7"), 1);
        FloatMatrix factors = model.itemFeatureFactors().orElseThrow();
        FloatMatrix biases = model.itemFeatureBiases().orElseThrow();
        FeaturePairs pairs = model.itemFeaturePairs().orElseThrow();
        assertThat(factors.rows()).isEqualTo(4);
        assertThat(biases.rows()).isEqualTo(4);
        assertThat(pairs.count()).isEqualTo(4);
        for (int item = features.equals("only") ? 0 : FIRST_NEW; item < ITEMS; item++) {
            int colour = colour(item);
            int shape = shape(item);
            long pair = pairs.find(colour, shape);
            for (int factor = 0; factor < 12; factor++) {
                float sum = factors.get(colour, factor)
                        + factors.get(shape, factor)
                        + pairs.factors().get(pair, factor);
                assertThat(model.items().get(item, factor)).isCloseTo(sum, within(1e-5f));
            }
            float bias = biases.get(colour, 0)
                    + biases.get(shape, 0)
                    + pairs.biases().get(pair, 0);
            assertThat(model.itemBiases().orElseThrow().get(item, 0)).isCloseTo(bias, within(1e-5f));
        }
    }

    @Test
    void withoutWeight_noPairsAreLearnt() {
        assertThat(train(Map.of(), 1).itemFeaturePairs()).isEmpty();
    }

    @Test
    void pairsOfFeaturesThatAreNotLearnt_areToldInTheLog() {
        RecordingListener listener = new RecordingListener();
        SGD.train(RunContext.of(SGD, Map.of("loss", "bpr", "feature_pairs", "1"), snapshot()), listener);
        assertThat(listener.lines())
                .anyMatch(line -> line.contains("'feature_pairs' is above 0, but 'features' is none"));
    }

    @Test
    void threads_doNotChangeTheBytes() throws IOException {
        InMemorySections one = ModelContent.sections(train(Map.of("feature_pairs", "1"), 1));
        for (int threads : new int[] {2, 7}) {
            InMemorySections other = ModelContent.sections(train(Map.of("feature_pairs", "1"), threads));
            assertThat(other.names()).isEqualTo(one.names()).contains("item_feature_pairs");
            for (String name : one.names()) {
                assertThat(other.read(name).data().mismatch(one.read(name).data()))
                        .as(name)
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void pairsThatTwoItemsWithInteractionsShare_becomeColumns() {
        // The pair (0, 1) is of items 0, 1 and 3; (1, 2) of 0 and 1; (0, 2) too; (2, 3) of 2 and of 4, which has no
        // interactions.
        SparseRows single =
                rows(4, new int[] {0, 1, 2}, new int[] {0, 1, 2}, new int[] {2, 3}, new int[] {0, 1}, new int[] {2, 3});
        single.values().set(SparseRows.FLOAT32, 0, 3);
        PairedFeatures paired = PairedFeatures.of(single, item -> item < 4 ? 1 : 0, 0.5, arena);

        FeaturePairs pairs = paired.allocate(arena, 2);
        assertThat(paired.features()).isEqualTo(4);
        assertThat(pairs.count()).isEqualTo(3);
        assertThat(pairs.find(0, 1)).isZero();
        assertThat(pairs.find(0, 2)).isEqualTo(1);
        assertThat(pairs.find(1, 2)).isEqualTo(2);
        assertThat(entries(paired.matrix()))
                .containsExactly(
                        "0:3.0 1:1.0 2:1.0 4:1.5 5:1.5 6:0.5",
                        "0:1.0 1:1.0 2:1.0 4:0.5 5:0.5 6:0.5",
                        "2:1.0 3:1.0",
                        "0:1.0 1:1.0 4:0.5",
                        "2:1.0 3:1.0");
    }

    private static List<String> entries(SparseRows rows) {
        List<String> all = new ArrayList<>();
        for (int row = 0; row < rows.rows(); row++) {
            List<String> entries = new ArrayList<>();
            for (long at = rows.start(row); at < rows.end(row); at++) {
                entries.add(rows.index(at) + ":" + rows.value(at));
            }
            all.add(String.join(" ", entries));
        }
        return all;
    }

    @Test
    void moreFeaturesThanPairsCanBeMadeOf_areAnErrorWithTheWayOut() {
        int many = 70_000;
        SparseRows single = rows(many, IntStream.range(0, many).toArray());
        assertThatThrownBy(() -> PairedFeatures.of(single, _ -> 1, 1, arena))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("make 2449965000 pairs")
                .hasMessageContaining("'feature_pairs' to 0");
    }

    @Test
    void estimate_countsPairs() {
        SnapshotShape shape = new SnapshotShape(1000, 1000, 10_000, 100, 100, 0, 5_000);
        Hyperparameters single =
                Hyperparameters.resolve(SGD.hyperparameters(), Map.of("features", "own", "factors", "16"));
        Hyperparameters paired = Hyperparameters.resolve(
                SGD.hyperparameters(), Map.of("features", "own", "factors", "16", "feature_pairs", "1"));
        long more = RunEstimate.bytes(shape, new SgdSettings(paired)).heapBytes()
                - RunEstimate.bytes(shape, new SgdSettings(single)).heapBytes();
        // Five features an item: 4 more entries for each, each with its 8 bytes and at most one vector.
        assertThat(more).isEqualTo(20_000L * (8 + RowTable.factorBytes(16)));
    }
}
