package dev.latent.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.latent.spi.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactIndexTest {

    private static final long SEED = 42;

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 3", "2047, 16", "2048, 8", "2049, 17", "5000, 64"})
    void search_anyCatalogueSize_equalsSortingAllScores(int itemCount, int rank) {
        FloatMatrix items = randomMatrix(itemCount, rank);
        FloatMatrix biases = randomMatrix(itemCount, 1);
        ExactIndex index = ExactIndex.of(items, Optional.of(biases));
        float[] query = randomQuery(rank);

        for (int k : new int[] {1, 10, itemCount, itemCount + 5}) {
            TopItems found = index.search(query, 0.25f, ItemFilter.ALL, k);
            List<Integer> expected = sorted(itemCount, item -> oracle(items, biases, query, item), item -> true, k);
            assertThat(boxed(found.items())).doesNotHaveDuplicates().hasSameSizeAs(expected);
            for (int position = 0; position < found.size(); position++) {
                // Of items whose scores differ by a rounding either may come first, so scores are compared, not items.
                double best = oracle(items, biases, query, expected.get(position)) + 0.25;
                double own = oracle(items, biases, query, found.items()[position]) + 0.25;
                assertThat((double) found.scores()[position])
                        .isCloseTo(best, offset(1e-4))
                        .isCloseTo(own, offset(1e-4));
            }
        }
    }

    @Test
    void search_allFilterPartsTogether_returnsExactlyTheEligibleItems() {
        int itemCount = 3000;
        FloatMatrix items = randomMatrix(itemCount, 8);
        ExactIndex index = ExactIndex.of(items, Optional.empty());
        float[] query = randomQuery(8);
        int[] even = IntStream.range(0, itemCount).filter(item -> item % 2 == 0).toArray();
        int[] third =
                IntStream.range(0, itemCount).filter(item -> item % 3 == 0).toArray();
        int[] fifth =
                IntStream.range(0, itemCount).filter(item -> item % 5 == 0).toArray();
        int[] hundreds =
                IntStream.range(0, itemCount).filter(item -> item % 100 == 0).toArray();
        ItemFilter filter = ItemFilter.ALL
                .allowingOnly(even)
                .withinAnyOf(List.of(ItemSet.of(itemCount, third), ItemSet.of(itemCount, fifth)))
                .excluding(6, 12, -1)
                .excluding(18)
                .outside(ItemSet.of(itemCount, hundreds));
        IntPredicate eligible = item -> item % 2 == 0
                && (item % 3 == 0 || item % 5 == 0)
                && item != 6
                && item != 12
                && item != 18
                && item % 100 != 0;

        TopItems found = index.search(query, 0, filter, itemCount);

        List<Integer> expected = sorted(itemCount, item -> dot(items, query, item), eligible, itemCount);
        assertThat(boxed(found.items())).isEqualTo(expected);
        assertThat(IntStream.range(0, itemCount).allMatch(item -> filter.accepts(item) == eligible.test(item)))
                .isTrue();
    }

    @Test
    void search_fewEligibleItems_returnsMinOfKAndEligible() {
        ExactIndex index = ExactIndex.of(randomMatrix(100, 4), Optional.empty());
        float[] query = randomQuery(4);
        assertThat(index.search(query, 0, ItemFilter.ALL, 0).size()).isZero();
        assertThat(index.search(query, 0, ItemFilter.ALL.allowingOnly(), 10).size())
                .isZero();
        assertThat(index.search(query, 0, ItemFilter.ALL.allowingOnly(3, 99, 100, 5000, -1), 10)
                        .size())
                .isEqualTo(2);
        assertThat(index.search(query, 0, ItemFilter.ALL.withinAnyOf(List.of()), 10)
                        .size())
                .isZero();
        int[] allButTwo = IntStream.range(2, 100).toArray();
        assertThat(boxed(index.search(query, 0, ItemFilter.ALL.excluding(allButTwo), 10)
                        .items()))
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void search_equalScores_areInItemOrder() {
        FloatMatrix items = FloatMatrix.allocate(Arena.ofAuto(), 5000, 2);
        TopItems found = ExactIndex.of(items, Optional.empty()).search(new float[] {1, 1}, 0, ItemFilter.ALL, 5);
        assertThat(found.items()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void search_queryOfOtherRank_isRefused() {
        ExactIndex index = ExactIndex.of(randomMatrix(10, 4), Optional.empty());
        assertThatThrownBy(() -> index.search(new float[3], 0, ItemFilter.ALL, 1))
                .hasMessageContaining("3 factors")
                .hasMessageContaining("4");
    }

    @Test
    void search_emptyCatalogueOrRankZero_isDefined() {
        assertThat(ExactIndex.of(randomMatrix(0, 4), Optional.empty())
                        .search(new float[4], 0, ItemFilter.ALL, 10)
                        .size())
                .isZero();
        FloatMatrix biases = FloatMatrix.allocate(Arena.ofAuto(), 3, 1);
        biases.set(1, 0, 2f);
        TopItems found =
                ExactIndex.of(randomMatrix(3, 0), Optional.of(biases)).search(new float[0], 1, ItemFilter.ALL, 2);
        assertThat(found.items()).containsExactly(1, 0);
        assertThat(found.scores()).containsExactly(3f, 1f);
    }

    @Test
    void similar_anyItem_ordersByCosineWithoutTheItem() {
        FloatMatrix items = randomMatrix(300, 6);
        for (int factor = 0; factor < 6; factor++) {
            items.set(17, factor, 3 * items.get(42, factor));
            items.set(200, factor, 0);
        }
        TopItems found = ExactIndex.of(items, Optional.empty()).similar(42, ItemFilter.ALL, 400);

        assertThat(found.size()).isEqualTo(299);
        assertThat(found.items()[0]).isEqualTo(17);
        assertThat(found.scores()[0]).isCloseTo(1f, offset(1e-5f));
        assertThat(boxed(found.items())).doesNotContain(42);
        int zero = boxed(found.items()).indexOf(200);
        assertThat(found.scores()[zero]).isZero();
    }

    @Test
    void score_oneItem_equalsSearch() {
        FloatMatrix items = randomMatrix(50, 9);
        ExactIndex index = ExactIndex.of(items, Optional.of(randomMatrix(50, 1)));
        float[] query = randomQuery(9);
        TopItems found = index.search(query, 2, ItemFilter.ALL, 50);
        for (int position = 0; position < 50; position++) {
            assertThat(index.score(query, 2, found.items()[position]))
                    .isCloseTo(found.scores()[position], offset(1e-5f));
        }
    }

    @Test
    void of_biasesOfOtherLength_areRefused() {
        assertThatThrownBy(() -> ExactIndex.of(randomMatrix(10, 4), Optional.of(randomMatrix(9, 1))))
                .hasMessageContaining("9 x 1")
                .hasMessageContaining("10 x 1");
    }

    @Test
    void best_scoresOfAScoringModel_areSelectedByTheSameRules() {
        float[] scores = {1, 5, 5, 3, 4};
        assertThat(Selections.best(scores, ItemFilter.ALL, 3).items()).containsExactly(1, 2, 4);
        assertThat(Selections.best(scores, ItemFilter.ALL.excluding(1), 9).items())
                .containsExactly(2, 4, 3, 0);
        assertThat(Selections.best(scores, ItemFilter.ALL.allowingOnly(0, 3, 7), 9)
                        .items())
                .containsExactly(3, 0);
        assertThat(Selections.best(scores, ItemFilter.ALL, 0).size()).isZero();
    }

    @Test
    void itemSet_membersOutsideTheCatalogue_areRefused() {
        assertThat(ItemSet.of(65, 0, 64, 64).size()).isEqualTo(2);
        assertThat(ItemSet.of(65, 0, 64).contains(63)).isFalse();
        assertThatThrownBy(() -> ItemSet.of(65, 65)).hasMessageContaining("65");
    }

    private static FloatMatrix randomMatrix(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(SEED + rows * 31L + columns);
        FloatMatrix matrix = FloatMatrix.allocate(Arena.ofAuto(), rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, (float) random.nextGaussian());
            }
        }
        return matrix;
    }

    private static float[] randomQuery(int rank) {
        float[] query = new float[rank];
        randomMatrix(1, rank).readRow(0, query, 0);
        return query;
    }

    private static double dot(FloatMatrix items, float[] query, int item) {
        double sum = 0;
        for (int factor = 0; factor < query.length; factor++) {
            sum += (double) items.get(item, factor) * query[factor];
        }
        return sum;
    }

    private static double oracle(FloatMatrix items, FloatMatrix biases, float[] query, int item) {
        return dot(items, query, item) + biases.get(item, 0);
    }

    private static List<Integer> sorted(int itemCount, IntToDoubleFunction score, IntPredicate eligible, int k) {
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, itemCount).filter(eligible).boxed().toList());
        order.sort(Comparator.comparingDouble((Integer item) -> -score.applyAsDouble(item)));
        return order.subList(0, Math.min(k, order.size()));
    }

    private static List<Integer> boxed(int[] items) {
        return IntStream.of(items).boxed().toList();
    }
}
