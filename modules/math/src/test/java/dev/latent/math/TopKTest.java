package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopKTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 3", "1, 100, 3", "5, 4, 3", "10, 1000, 5", "10, 1000, 1", "100, 100, 7", "37, 5000, 1000000"})
    void offersInAnyOrder_giveThePrefixOfTheSort(int k, int count, int distinctScores) {
        SeededRandom random = SeededRandom.of(1, k);
        float[] scores = new float[count];
        int[] order = IntStream.range(0, count).toArray();
        for (int i = 0; i < count; i++) {
            scores[i] = random.nextInt(distinctScores) - 1f;
        }
        random.shuffle(order);
        TopK topK = new TopK(k);

        for (int index : order) {
            topK.offer(index, scores[index]);
        }

        List<Integer> expected = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparingInt(i -> i))
                .limit(k)
                .toList();
        int[] indices = new int[k];
        float[] best = new float[k];
        int size = topK.drainTo(indices, best);
        assertThat(IntStream.of(indices).limit(size).boxed()).isEqualTo(expected);
        for (int i = 0; i < size; i++) {
            assertThat(best[i]).isEqualTo(scores[indices[i]]);
        }
    }

    @Test
    void nan_isNeverKept() {
        TopK topK = new TopK(2);
        topK.offer(0, Float.NaN);
        assertThat(topK.size()).isZero();

        topK.offer(1, 1f);
        topK.offer(2, 2f);
        topK.offer(3, Float.NaN);

        assertThat(drain(topK)).containsExactly(2, 1);
    }

    @Test
    void negativeInfinity_isAnOrdinaryScore() {
        TopK topK = new TopK(2);
        topK.offer(5, Float.NEGATIVE_INFINITY);
        topK.offer(4, Float.NEGATIVE_INFINITY);
        topK.offer(3, Float.NEGATIVE_INFINITY);
        topK.offer(6, Float.NEGATIVE_INFINITY);

        assertThat(drain(topK)).containsExactly(3, 4);
    }

    @Test
    void zeros_ofBothSignsTie() {
        TopK topK = new TopK(3);
        topK.offer(2, 0f);
        topK.offer(1, -0f);
        topK.offer(3, -0f);
        topK.offer(0, 0f);

        assertThat(drain(topK)).containsExactly(0, 1, 2);
    }

    @Test
    void threshold_isTheWorstKeptOnceFull() {
        TopK topK = new TopK(2);
        assertThat(topK.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
        topK.offer(0, 3f);
        assertThat(topK.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
        topK.offer(1, 1f);
        assertThat(topK.threshold()).isEqualTo(1f);
        topK.offer(2, 2f);
        assertThat(topK.threshold()).isEqualTo(2f);
    }

    @Test
    void drainAndReset_emptyTheSelection() {
        TopK topK = new TopK(1);
        topK.offer(9, 9f);
        assertThat(drain(topK)).containsExactly(9);
        assertThat(topK.size()).isZero();

        topK.offer(8, 8f);
        topK.reset();
        topK.offer(1, -1f);

        assertThat(drain(topK)).containsExactly(1);
    }

    @Test
    void badArguments_areRefused() {
        TopK topK = new TopK(2);
        topK.offer(0, 1f);
        topK.offer(1, 1f);

        assertThatIllegalArgumentException().isThrownBy(() -> new TopK(0)).withMessageContaining("k is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> topK.drainTo(new int[1], new float[2]))
                .withMessageContaining("targetIndices: range of 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> topK.drainTo(new int[2], new float[1]))
                .withMessageContaining("targetScores: range of 2");
    }

    private static int[] drain(TopK topK) {
        int[] indices = new int[topK.size()];
        topK.drainTo(indices, new float[indices.length]);
        return indices;
    }
}
