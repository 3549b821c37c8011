package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 32, 65})
    void axes_areOrthogonalAndGiveTheMatrixBack(int n) {
        double[] a = gramian(n);
        SymmetricEigen eigen = SymmetricEigen.of(a, n).orElseThrow();
        double[] q = eigen.vectors();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double product = 0;
                double entry = 0;
                for (int k = 0; k < n; k++) {
                    product += q[k * n + i] * q[k * n + j];
                    entry += q[i * n + k] * eigen.values()[k] * q[j * n + k];
                }
                assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-12));
                assertThat(entry).isCloseTo(a[i * n + j], within(1e-10));
            }
        }
    }

    @Test
    void indefiniteMatrix_hasItsNegativeValueAndStaysAsItWas() {
        double[] a = {0, 2, 2, 3};
        SymmetricEigen eigen = SymmetricEigen.of(a, 2).orElseThrow();
        int negative = eigen.values()[0] < 0 ? 0 : 1;
        assertThat(eigen.values()[negative]).isCloseTo(-1, within(1e-12));
        assertThat(eigen.values()[1 - negative]).isCloseTo(4, within(1e-12));
        assertThat(eigen.vectors()[negative] / eigen.vectors()[2 + negative]).isCloseTo(-2, within(1e-12));
        assertThat(a).containsExactly(0, 2, 2, 3);
    }

    @Test
    void matrixThatIsNotFinite_hasNoAxes() {
        assertThat(SymmetricEigen.of(new double[] {1, 0, 0, Double.NaN}, 2)).isEmpty();
        assertThat(SymmetricEigen.of(new double[] {Double.NaN}, 1)).isEmpty();
        assertThat(SymmetricEigen.of(new double[] {1, Double.POSITIVE_INFINITY, 0, 1}, 2))
                .isEmpty();
    }

    @Test
    void arrayThatIsTooShort_isRefused() {
        assertThatThrownBy(() -> SymmetricEigen.of(new double[3], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a");
    }

    /** Of rank n/2 + 1: half of its eigenvalues are 0. */
    private static double[] gramian(int n) {
        SeededRandom random = SeededRandom.of(3, n);
        double[] a = new double[n * n];
        for (int row = 0; row <= n / 2; row++) {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = random.nextFloat() - 0.5;
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a[i * n + j] += values[i] * values[j];
                }
            }
        }
        return a;
    }
}
