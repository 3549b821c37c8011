package dev.latent.algorithms.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.testkit.InMemorySections;
import dev.latent.testkit.InMemorySnapshot;
import dev.latent.testkit.ModelContent;
import dev.latent.testkit.RecordingListener;
import dev.latent.testkit.RunContext;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Users of four tastes and items of four kinds, both known as features; the last users and the last items have no
 * interactions.
 */
class FeaturesTest {

    private static final SgdAlgorithm SGD = new SgdAlgorithm();
    private static final int USERS = 120;
    private static final int ITEMS = 80;
    private static final int KINDS = 4;
    private static final int FIRST_NEW = 60;
    private static final int FIRST_NEW_USER = 100;

    private static Snapshot snapshot() {
        SplittableRandom random = new SplittableRandom(4);
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(USERS, ITEMS);
        for (int user = 0; user < FIRST_NEW_USER; user++) {
            for (int item = 0; item < FIRST_NEW; item++) {
                boolean likes = item % KINDS == user % KINDS;
                if (random.nextDouble() < (likes ? 0.6 : 0.05)) {
                    builder.add(user, item, likes ? 5 : 1);
                }
            }
        }
        return builder.itemFeatures(kinds(ITEMS)).userFeatures(kinds(USERS)).build();
    }

    private static SparseRows kinds(int rows) {
        Arena arena = Arena.ofAuto();
        MemorySegment offsets = arena.allocate((rows + 1L) * Long.BYTES, 8);
        MemorySegment indices = arena.allocate((long) rows * Integer.BYTES, 8);
        MemorySegment values = arena.allocate((long) rows * Float.BYTES, 8);
        for (int row = 0; row < rows; row++) {
            offsets.set(SparseRows.INT64, (row + 1L) * Long.BYTES, row + 1);
            indices.set(SparseRows.INT32, (long) row * Integer.BYTES, row % KINDS);
            values.set(SparseRows.FLOAT32, (long) row * Float.BYTES, 1);
        }
        return new SparseRows(rows, KINDS, offsets, indices, values, MemorySegment.NULL);
    }

    private static EmbeddingModel train(String loss, String features, int threads) {
        return train(Map.of("loss", loss, "features", features, "factors", "12"), threads);
    }

    private static EmbeddingModel train(Map<String, String> given, int threads) {
        return (EmbeddingModel)
                SGD.train(RunContext.of(SGD, given, snapshot()).withThreads(threads), new RecordingListener());
    }

    @ParameterizedTest
    @CsvSource({"squared, own", "logistic, own", "bpr, own", "warp, own", "bpr, only", "squared, only"})
    void itemsWithoutInteractions_areRankedByTheirFeatures(String loss, String features) {
        EmbeddingModel model = train(loss, features, 2);
        int right = 0;
        for (int user = 0; user < FIRST_NEW_USER; user++) {
            right += best(model, user, FIRST_NEW, ITEMS) % KINDS == user % KINDS ? 1 : 0;
        }
        assertThat(right).isGreaterThan(FIRST_NEW_USER * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "only"})
    void newItem_isTheSumOfItsFeatures(String features) {
        EmbeddingModel model = train("bpr", features, 1);
        FloatMatrix factors = model.itemFeatureFactors().orElseThrow();
        FloatMatrix biases = model.itemFeatureBiases().orElseThrow();
        assertThat(factors.rows()).isEqualTo(KINDS);
        for (int item = features.equals("only") ? 0 : FIRST_NEW; item < ITEMS; item++) {
            for (int factor = 0; factor < 12; factor++) {
                assertThat(model.items().get(item, factor)).isCloseTo(factors.get(item % KINDS, factor), within(1e-5f));
            }
            assertThat(model.itemBiases().orElseThrow().get(item, 0))
                    .isCloseTo(biases.get(item % KINDS, 0), within(1e-5f));
        }
    }

    @ParameterizedTest
    @CsvSource({"squared, own", "logistic, own", "bpr, own", "warp, own", "bpr, only", "squared, only"})
    void usersWithoutInteractions_areTheSumOfTheirFeatures(String loss, String features) {
        EmbeddingModel model = train(Map.of("loss", loss, "user_features", features, "factors", "12"), 2);
        FloatMatrix factors = model.userFeatureFactors().orElseThrow();
        assertThat(factors.rows()).isEqualTo(KINDS);
        assertThat(model.userFeatureBiases().isPresent()).isEqualTo(loss.equals("squared"));
        assertThat(model.itemFeatureFactors()).isEmpty();
        for (int user = FIRST_NEW_USER; user < USERS; user++) {
            for (int factor = 0; factor < 12; factor++) {
                assertThat(model.users().get(user, factor)).isCloseTo(factors.get(user % KINDS, factor), within(1e-5f));
            }
            assertThat(best(model, user, 0, FIRST_NEW) % KINDS).isEqualTo(user % KINDS);
        }
    }

    private static int best(EmbeddingModel model, int user, int first, int end) {
        int best = first;
        for (int item = first; item < end; item++) {
            best = model.score(user, item) > model.score(user, best) ? item : best;
        }
        return best;
    }

    @Test
    void featuresThatTheDataDoesNotHave_areToldInTheLog() {
        Snapshot snapshot =
                InMemorySnapshot.builder(2, 2).add(0, 0, 1).add(1, 1, 1).build();
        RecordingListener listener = new RecordingListener();
        SGD.train(RunContext.of(SGD, Map.of("loss", "bpr", "features", "own"), snapshot), listener);
        assertThat(listener.lines())
                .anyMatch(line -> line.contains("'features' is own"))
                .noneMatch(line -> line.contains("user_features"));
    }

    @Test
    void withoutFeatures_newItemsStayAtZero() {
        EmbeddingModel model = train("bpr", "none", 1);
        assertThat(model.itemFeatureFactors()).isEmpty();
        assertThat(model.score(3, FIRST_NEW)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"squared", "logistic", "bpr", "warp"})
    void threads_doNotChangeTheBytes(String loss) throws IOException {
        Map<String, String> given = Map.of("loss", loss, "features", "own", "user_features", "own", "factors", "12");
        InMemorySections one = ModelContent.sections(train(given, 1));
        for (int threads : new int[] {2, 7}) {
            InMemorySections other = ModelContent.sections(train(given, threads));
            assertThat(other.names()).isEqualTo(one.names()).contains("item_feature_factors", "user_feature_factors");
            for (String name : one.names()) {
                assertThat(other.read(name).data().mismatch(one.read(name).data()))
                        .as(name)
                        .isEqualTo(-1);
            }
        }
    }
}
