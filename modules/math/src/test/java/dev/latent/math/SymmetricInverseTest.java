package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The inverse against the product with its matrix, at sizes around the blocks. */
final class SymmetricInverseTest {

    private static double[][] example(int size, double diagonal) {
        SeededRandom random = SeededRandom.of(3, size);
        double[][] a = SymmetricInverse.allocate(size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                a[i][j] = random.nextGaussian();
            }
            a[i][i] = diagonal;
        }
        return a;
    }

    private static double at(double[][] a, int i, int j) {
        return i >= j ? a[i][j] : a[j][i];
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 31, 127, 128, 129, 131, 257, 386})
    void inverse_timesMatrix_isTheIdentity(int size) {
        double[][] a = example(size, 3 * Math.sqrt(size) + 1);
        double[][] inverse = example(size, 3 * Math.sqrt(size) + 1);
        try (WorkerPool pool = new WorkerPool(2)) {
            assertThat(SymmetricInverse.invert(inverse, pool, () -> {})).isTrue();
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double sum = 0;
                for (int k = 0; k < size; k++) {
                    sum += at(a, i, k) * at(inverse, k, j);
                }
                assertThat(sum).as("%s, %s", i, j).isCloseTo(i == j ? 1 : 0, within(1e-9));
            }
        }
    }

    @Test
    void anyNumberOfThreads_givesTheSameBytes() {
        double[][] expected = example(300, 60);
        try (WorkerPool pool = new WorkerPool(1)) {
            SymmetricInverse.invert(expected, pool, () -> {});
        }
        for (int threads : new int[] {2, 7}) {
            double[][] inverse = example(300, 60);
            try (WorkerPool pool = new WorkerPool(threads)) {
                SymmetricInverse.invert(inverse, pool, () -> {});
            }
            for (int i = 0; i < 300; i++) {
                assertThat(Arrays.copyOf(inverse[i], i + 1)).isEqualTo(Arrays.copyOf(expected[i], i + 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -5, Double.NaN})
    void matrixThatIsNotPositiveDefinite_isTold(double diagonal) {
        try (WorkerPool pool = new WorkerPool(1)) {
            assertThat(SymmetricInverse.invert(example(200, diagonal), pool, () -> {}))
                    .isFalse();
        }
    }

    @Test
    void cancellation_endsTheWork() {
        try (WorkerPool pool = new WorkerPool(1)) {
            assertThatThrownBy(() -> SymmetricInverse.invert(example(20, 10), pool, () -> {
                        throw new CancellationException("enough");
                    }))
                    .hasMessage("enough");
        }
    }

    @Test
    void shortRow_isRefused() {
        try (WorkerPool pool = new WorkerPool(1)) {
            double[][] short1 = {new double[0]};
            assertThatThrownBy(() -> SymmetricInverse.invert(short1, pool, () -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("row 0");
        }
    }
}
