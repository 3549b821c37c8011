package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemPanelsTest {

    private static List<KernelProvider> providers() {
        return KernelSelector.candidates().stream()
                .filter(candidate -> candidate.obstacle().get().isEmpty())
                .map(candidate -> candidate.provider().get())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 17, 5", "4, 64, 7", "5, 63, 16", "8, 128, 33", "9, 130, 64", "64, 300, 128"})
    void scores_areThoseOfTheDefinition_inAnyBlocks(int queries, int items, int rank) {
        SplittableRandom random = new SplittableRandom(rank);
        float[] asked = draw(queries * (rank + 1), random);
        float[] vectors = draw(items * rank, random);
        float[] biases = draw(items, random);
        ItemPanels panels = new ItemPanels(MemorySegment.ofArray(vectors), items, rank, biases, 100);
        int stride = Math.ceilDiv(100, panels.alignment()) * panels.alignment();
        float[] scores = new float[queries * stride];

        assertThat(panels.depth()).isEqualTo(rank + 1);
        for (int from = 0; from < items; from += 100) {
            int to = Math.min(items, from + 100);
            panels.pack(from, to);
            panels.score(asked, queries, from, to, scores, stride);
            for (int query = 0; query < queries; query++) {
                for (int item = from; item < to; item++) {
                    double sum = (double) asked[query * (rank + 1) + rank] * biases[item];
                    for (int k = 0; k < rank; k++) {
                        sum += (double) asked[query * (rank + 1) + k] * vectors[item * rank + k];
                    }
                    float score = scores[query * stride + item - from];
                    assertThat((double) score).isEqualTo(sum, within(1e-4));
                    assertThat(panels.scoreOne(asked, query, item)).isEqualTo(score);
                }
            }
        }
    }

    @Test
    void scores_withoutBiases_areOfTheFactorsAlone() {
        ItemPanels panels = new ItemPanels(MemorySegment.ofArray(new float[] {1, 2, 3, 4}), 2, 2, new float[0], 2);
        float[] scores = new float[panels.alignment()];
        panels.pack(0, 2);
        panels.score(new float[] {10, 1}, 1, 0, 2, scores, scores.length);

        assertThat(panels.depth()).isEqualTo(2);
        assertThat(scores).startsWith(12, 34);
        assertThat(panels.scoreOne(new float[] {0, 0, 10, 1}, 1, 1)).isEqualTo(34);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "4, 64", "7, 65"})
    void providers_giveTheSameBits(int queries, int depth) {
        SplittableRandom random = new SplittableRandom(depth);
        float[] asked = draw(queries * depth, random);
        float[] items = draw(64 * depth, random);
        float[] expected = scores(new ScalarKernels(), asked, queries, depth, items);
        for (KernelProvider provider : providers()) {
            assertThat(scores(provider, asked, queries, depth, items))
                    .as(provider.name())
                    .isEqualTo(expected);
        }
    }

    /** Scores of 64 items, given factor by factor, in the panels of a provider. */
    private static float[] scores(KernelProvider provider, float[] asked, int queries, int depth, float[] items) {
        float[] scores = new float[queries * 64];
        int width = provider.panelWidth();
        for (int first = 0; first < 64; first += width) {
            float[] panel = new float[depth * width];
            for (int k = 0; k < depth; k++) {
                System.arraycopy(items, k * 64 + first, panel, k * width, width);
            }
            provider.scorePanel(asked, queries, depth, panel, scores, first, 64);
        }
        return scores;
    }

    @Test
    void find_givesTheFirstAtLeastTheThreshold() {
        for (KernelProvider provider : providers()) {
            for (int length = 0; length < 40; length++) {
                float[] scores = new float[length];
                Arrays.fill(scores, 1);
                assertThat(provider.findAtLeast(scores, 0, length, 1.5f)).isEqualTo(length);
                for (int at = 0; at < length; at++) {
                    scores[at] = at % 2 == 0 ? 2 : 1.5f;
                    assertThat(provider.findAtLeast(scores, 0, length, 1.5f)).isEqualTo(at);
                    scores[at] = Float.NaN;
                }
            }
        }
    }

    @Test
    void count_isOfThoseAtLeastTheThreshold() {
        for (KernelProvider provider : providers()) {
            for (int length = 0; length < 40; length++) {
                float[] scores = new float[length + 2];
                Arrays.fill(scores, 9);
                for (int index = 1; index <= length; index++) {
                    scores[index] = index % 3 == 0 ? 1.5f : index % 3 == 1 ? Float.NaN : -1;
                }
                assertThat(provider.countAtLeast(scores, 1, length + 1, 1.5f))
                        .as(provider.name())
                        .isEqualTo(length / 3);
                assertThat(provider.countAtLeast(scores, 1, length + 1, Math.nextUp(1.5f)))
                        .isZero();
            }
        }
    }

    @Test
    void badShapes_areRefused() {
        ItemPanels panels = new ItemPanels(MemorySegment.ofArray(new float[200]), 100, 2, new float[0], 64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> panels.pack(0, 65))
                .withMessageContaining("expected at most 64");
        assertThatIllegalArgumentException().isThrownBy(() -> panels.pack(90, 101));
        assertThatIllegalArgumentException().isThrownBy(() -> panels.pack(-1, 2));
        panels.pack(36, 100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> panels.score(new float[2], 1, 37, 100, new float[128], 128))
                .withMessageContaining("expected a multiple of");
        assertThatIllegalArgumentException().isThrownBy(() -> panels.score(new float[2], 1, 0, 9, new float[128], 128));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> panels.score(new float[2], 1, 36, 101, new float[128], 128));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> panels.score(new float[1], 1, 36, 100, new float[128], 128));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> panels.score(new float[2], 1, 36, 100, new float[63], 63));
        assertThatIllegalArgumentException().isThrownBy(() -> panels.scoreOne(new float[3], 1, 0));
    }

    @Test
    void scores_ofAPartOfWhatIsPacked_areThoseOfTheItems() {
        float[] vectors = draw(300, new SplittableRandom(1));
        ItemPanels panels = new ItemPanels(MemorySegment.ofArray(vectors), 300, 1, new float[0], 300);
        panels.pack(0, 300);
        float[] scores = new float[128];
        panels.score(new float[] {2}, 1, 128, 250, scores, 128);

        for (int item = 128; item < 250; item++) {
            assertThat(scores[item - 128]).isEqualTo(2 * vectors[item]);
        }
    }

    private static float[] draw(int length, SplittableRandom random) {
        float[] values = new float[length];
        for (int index = 0; index < length; index++) {
            values[index] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
