package dev.latent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FeaturePairsTest {

    private final Arena arena = Arena.ofAuto();

    @Test
    void pairs_areFoundByTheirFeatures() {
        FeaturePairs pairs = pairs(0, 2, 0, 5, 1, 2, 3, 4);
        assertThat(pairs.count()).isEqualTo(4);
        for (int pair = 0; pair < 4; pair++) {
            assertThat(pairs.find(pairs.first(pair), pairs.second(pair))).isEqualTo(pair);
        }
        assertThat(pairs.find(0, 1)).isNegative();
        assertThat(pairs.find(2, 5)).isNegative();
        assertThat(pairs.find(4, 5)).isNegative();
        assertThat(pairs().find(0, 1)).isNegative();
    }

    @ParameterizedTest
    @CsvSource({"0, 2, 0, 1", "0, 1, 0, 1", "1, 0, 1, 2", "-1, 0, 1, 2", "1, 1, 2, 3"})
    void pairsThatDoNotAscend_areRefused(int first, int second, int third, int fourth) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pairs(first, second, third, fourth))
                .withMessageContaining("expected numbers from 0, the lower one first, and the pairs ascending");
    }

    @Test
    void shapesThatDisagree_areRefused() {
        MemorySegment features = features(0, 1);
        FloatMatrix factors = FloatMatrix.allocate(arena, 1, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeaturePairs(features, FloatMatrix.allocate(arena, 2, 3), factors))
                .withMessageContaining("2 rows of factors need 16 bytes of features and 2 x 1 biases, got 8 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeaturePairs(features, factors, factors))
                .withMessageContaining("got 8 bytes and 1 x 3");
    }

    @Test
    void model_holdsPairsOfItsOwnFeatures() {
        EmbeddingModel.Builder model = EmbeddingModel.builder(
                        FloatMatrix.allocate(arena, 1, 3), FloatMatrix.allocate(arena, 1, 3))
                .itemFeaturePairs(pairs(0, 1, 0, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(model::build)
                .withMessage("Item feature pair 0 is of feature 1, and there are factors of 0 item features");
        model.itemFeatureFactors(FloatMatrix.allocate(arena, 2, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(model::build)
                .withMessage("Item feature pair 1 is of feature 2, and there are factors of 2 item features");
        FeaturePairs otherRank =
                new FeaturePairs(features(0, 1), FloatMatrix.allocate(arena, 1, 2), FloatMatrix.allocate(arena, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.itemFeaturePairs(otherRank).build())
                .withMessage("Item feature pair factors have 2 columns where 3 are needed");
    }

    @Test
    void copyOfAModel_ownsItsPairs() {
        FeaturePairs pairs = pairs(0, 1, 0, 2);
        pairs.factors().set(1, 2, 7);
        pairs.biases().set(1, 0, 8);
        EmbeddingModel model = EmbeddingModel.builder(
                        FloatMatrix.allocate(arena, 1, 3), FloatMatrix.allocate(arena, 1, 3))
                .itemFeatureFactors(FloatMatrix.allocate(arena, 3, 3))
                .itemFeaturePairs(pairs)
                .build();

        FeaturePairs copy = model.copyTo(arena).itemFeaturePairs().orElseThrow();
        pairs.features().fill((byte) 0);
        pairs.factors().set(1, 2, 0);
        pairs.biases().set(1, 0, 0);

        assertThat(copy.find(0, 2)).isEqualTo(1);
        assertThat(copy.factors().get(1, 2)).isEqualTo(7);
        assertThat(copy.biases().get(1, 0)).isEqualTo(8);
    }

    private FeaturePairs pairs(int... features) {
        int count = features.length / 2;
        return new FeaturePairs(
                features(features), FloatMatrix.allocate(arena, count, 3), FloatMatrix.allocate(arena, count, 1));
    }

    private MemorySegment features(int... features) {
        MemorySegment segment = arena.allocate((long) features.length * Integer.BYTES, Long.BYTES);
        for (int index = 0; index < features.length; index++) {
            segment.set(SparseRows.INT32, (long) index * Integer.BYTES, features[index]);
        }
        return segment;
    }
}
