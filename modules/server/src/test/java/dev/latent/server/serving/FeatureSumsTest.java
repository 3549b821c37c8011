package dev.latent.server.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.spi.FeaturePairs;
import dev.latent.spi.FloatMatrix;
import dev.latent.storage.StringTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Learnt were the features a, b and c and the pairs (a, b) and (b, c). */
class FeatureSumsTest {

    private final FloatMatrix factors = matrix(2, 1, 10, 2, 20, 4, 40);
    private final FloatMatrix biases = matrix(1, 0.5f, 0.25f, 0.125f);
    private final FeaturePairs pairs = new FeaturePairs(
            MemorySegment.ofArray(new int[] {0, 1, 1, 2}), matrix(2, 100, 1000, 200, 2000), matrix(1, 3, 5));
    private final Optional<StringTable> names = Optional.of(StringTable.of(List.of("a", "b", "c")));
    private final FeatureSums sums = FeatureSums.of(
                    Optional.of(factors), Optional.of(biases), Optional.of(pairs), names)
            .orElseThrow();

    @Test
    void pairs_areAddedToTheirFeatures() {
        // In whatever order the features are named.
        assertSum(List.of("b", "a"), 103, 1030, 3.75f);
        assertSum(List.of("c", "x", "b", "a"), 307, 3070, 8.875f);
    }

    @Test
    void pairsThatWereNotLearnt_addNothing() {
        assertSum(List.of("a", "c"), 5, 50, 0.625f);
        assertSum(List.of("c"), 4, 40, 0.125f);
    }

    @Test
    void withoutPairs_theFeaturesAreAdded() {
        FeatureSums single = FeatureSums.of(Optional.of(factors), Optional.empty(), Optional.empty(), names)
                .orElseThrow();
        assertThat(single.of(List.of("a", "b"))).hasValueSatisfying(sum -> {
            assertThat(sum.vector()).containsExactly(3, 30);
            assertThat(sum.bias()).isZero();
        });
    }

    @Test
    void unknownFeatures_placeNothing() {
        assertThat(sums.of(List.of("x", "y"))).isEmpty();
        assertThat(FeatureSums.of(Optional.of(factors), Optional.empty(), Optional.empty(), Optional.empty()))
                .isEmpty();
    }

    private void assertSum(List<String> features, float first, float second, float bias) {
        assertThat(sums.of(features)).hasValueSatisfying(sum -> {
            assertThat(sum.vector()).containsExactly(first, second);
            assertThat(sum.bias()).isEqualTo(bias);
        });
    }

    private static FloatMatrix matrix(int columns, float... elements) {
        FloatMatrix matrix = FloatMatrix.allocate(Arena.ofAuto(), elements.length / columns, columns);
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, elements[row * columns + column]);
            }
        }
        return matrix;
    }
}
