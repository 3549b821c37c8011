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
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of four tastes and items of four kinds, the kind known as a feature; the last items have no interactions. */
class FeaturesTest {

    private static final SgdAlgorithm SGD = new SgdAlgorithm();
    private static final int USERS = 120;
    private static final int ITEMS = 80;
    private static final int KINDS = 4;
    private static final int FIRST_NEW = 60;

    private static Snapshot snapshot() {
        SplittableRandom random = new SplittableRandom(4);
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(USERS, ITEMS);
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < FIRST_NEW; item++) {
                boolean likes = item % KINDS == user % KINDS;
                if (random.nextDouble() < (likes ? 0.6 : 0.05)) {
                    builder.add(user, item, likes ? 5 : 1);
                }
            }
        }
        return builder.itemFeatures(kinds()).build();
    }

    private static SparseRows kinds() {
        Arena arena = Arena.ofAuto();
        MemorySegment offsets = arena.allocate((ITEMS + 1L) * Long.BYTES, 8);
        MemorySegment indices = arena.allocate((long) ITEMS * Integer.BYTES, 8);
        MemorySegment values = arena.allocate((long) ITEMS * Float.BYTES, 8);
        for (int item = 0; item < ITEMS; item++) {
            offsets.set(SparseRows.INT64, (item + 1L) * Long.BYTES, item + 1);
            indices.set(SparseRows.INT32, (long) item * Integer.BYTES, item % KINDS);
            values.set(SparseRows.FLOAT32, (long) item * Float.BYTES, 1);
        }
        return new SparseRows(ITEMS, KINDS, offsets, indices, values, MemorySegment.NULL);
    }

    private static EmbeddingModel train(String loss, String features, int threads) {
        Map<String, String> given = new HashMap<>(Map.of("loss", loss, "features", features, "factors", "12"));
        return (EmbeddingModel)
                SGD.train(RunContext.of(SGD, given, snapshot()).withThreads(threads), new RecordingListener());
    }

    @ParameterizedTest
    @CsvSource({"squared, own", "logistic, own", "bpr, own", "warp, own", "bpr, only", "squared, only"})
    void itemsWithoutInteractions_areRankedByTheirFeatures(String loss, String features) {
        EmbeddingModel model = train(loss, features, 2);
        int right = 0;
        for (int user = 0; user < USERS; user++) {
            int best = FIRST_NEW;
            for (int item = FIRST_NEW; item < ITEMS; item++) {
                best = model.score(user, item) > model.score(user, best) ? item : best;
            }
            right += best % KINDS == user % KINDS ? 1 : 0;
        }
        assertThat(right).isGreaterThan(USERS * 9 / 10);
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

    @Test
    void withoutFeatures_newItemsStayAtZero() {
        EmbeddingModel model = train("bpr", "none", 1);
        assertThat(model.itemFeatureFactors()).isEmpty();
        assertThat(model.score(3, FIRST_NEW)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"squared", "logistic", "bpr", "warp"})
    void threads_doNotChangeTheBytes(String loss) throws IOException {
        InMemorySections one = ModelContent.sections(train(loss, "own", 1));
        for (int threads : new int[] {2, 7}) {
            InMemorySections other = ModelContent.sections(train(loss, "own", threads));
            assertThat(other.names()).isEqualTo(one.names()).contains("item_feature_factors");
            for (String name : one.names()) {
                assertThat(other.read(name).data().mismatch(one.read(name).data()))
                        .as(name)
                        .isEqualTo(-1);
            }
        }
    }
}
