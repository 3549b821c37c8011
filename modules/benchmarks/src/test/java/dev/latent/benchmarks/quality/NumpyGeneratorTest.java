package dev.latent.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against {@code numpy.random.SeedSequence} and {@code numpy.random.default_rng} of NumPy 1.24.2 and 2.4.6. */
class NumpyGeneratorTest {

    @Test
    void seeds_areNumpys() {
        assertThat(NumpySeeds.of(42))
                .containsExactly(
                        Long.parseUnsignedLong("11465652750463011511"),
                        Long.parseUnsignedLong("15382171918060459190"),
                        9018504550953525431L,
                        3703499796004394495L);
    }

    @Test
    void permutation_ofSmallSizes_isNumpys() {
        assertThat(NumpyGenerator.of(42).permutation(20))
                .containsExactly(15, 9, 14, 7, 12, 10, 6, 19, 3, 0, 16, 5, 11, 18, 2, 4, 17, 1, 13, 8);
        assertThat(NumpyGenerator.of(7).permutation(20))
                .containsExactly(3, 8, 12, 13, 14, 16, 10, 15, 1, 6, 0, 7, 4, 18, 5, 19, 17, 2, 9, 11);
    }

    @Test
    void permutation_ofMovieLensSize_isNumpys() {
        int[] order = NumpyGenerator.of(42).permutation(100_836);

        long sum = 0;
        for (int index = 0; index < order.length; index++) {
            sum += order[index] * (index + 1L) % 1_000_003;
        }
        assertThat(Arrays.copyOf(order, 5)).containsExactly(16141, 70464, 33322, 26420, 5741);
        assertThat(sum).isEqualTo(50_377_302_444L);
    }

    @Test
    void seed_outsideOneWord_isRefused() {
        assertThatThrownBy(() -> NumpyGenerator.of(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
