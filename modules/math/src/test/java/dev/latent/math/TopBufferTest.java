package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopBufferTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void selection_isThatOfTopK(int k) {
        SplittableRandom random = new SplittableRandom(k);
        TopBuffer buffer = new TopBuffer(k);
        for (int length : new int[] {0, 1, k, 10 * k, 3000}) {
            TopK top = new TopK(k);
            for (int index = 0; index < length; index++) {
                float score = drawn(random);
                top.offer(index, score);
                buffer.offer(index, score);
            }
            int[] expected = new int[k];
            int[] actual = new int[k];
            int count = top.drainTo(expected, new float[k]);
            assertThat(buffer.drainTo(actual)).isEqualTo(count);
            assertThat(actual).isEqualTo(expected);
        }
    }

    /** Many ties, both zeros, both infinities and NaN among them. */
    private static float drawn(SplittableRandom random) {
        return switch (random.nextInt(40)) {
            case 0 -> Float.NaN;
            case 1 -> Float.NEGATIVE_INFINITY;
            case 2 -> random.nextInt(50) == 0 ? Float.POSITIVE_INFINITY : -0f;
            case 3 -> 0f;
            default -> (random.nextInt(2001) - 1000) / 100f;
        };
    }

    @Test
    void threshold_risesOnceTheBufferWasFull() {
        TopBuffer buffer = new TopBuffer(100);
        for (int index = 0; index < 399; index++) {
            buffer.offer(index, index);
        }
        assertThat(buffer.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
        buffer.offer(399, 399);
        assertThat(buffer.threshold()).isEqualTo(300);
        assertThatIllegalArgumentException().isThrownBy(() -> new TopBuffer(0));
    }
}
