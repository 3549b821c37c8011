package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conditions of a minimum over non-negative vectors, which for positive definite systems only the minimum meets. */
class NonNegativeSolverTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16, 33})
    void solution_meetsTheConditionsOfAMinimum(int n) {
        double[] a = Oracle.positiveDefinite(n, 3);
        double[] b = Oracle.toDoubles(Oracle.gaussians(n, 4));
        int bounded = n - n / 4;

        double[] x = NonNegativeSolver.findSolution(a, n, bounded, b).orElseThrow();

        for (int i = 0; i < n; i++) {
            double residual = b[i];
            for (int j = 0; j < n; j++) {
                residual -= a[i * n + j] * x[j];
            }
            if (i < bounded && x[i] == 0) {
                assertThat(residual).isLessThanOrEqualTo(1e-6);
            } else {
                assertThat(residual).isCloseTo(0, within(1e-6));
                assertThat(i < bounded ? x[i] : 1).isPositive();
            }
        }
    }

    @Test
    void minimumInside_isTheFreeSolution() {
        double[] a = Oracle.positiveDefinite(5, 6);
        double[] expected = {1, 2, 3, 4, 5};
        double[] b = new double[5];
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                b[i] += a[i * 5 + j] * expected[j];
            }
        }
        assertThat(NonNegativeSolver.findSolution(a, 5, 5, b).orElseThrow()).containsExactly(expected, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void badDiagonal_isRefused(double bad) {
        double[] a = {1, 0, 0, bad};
        assertThat(NonNegativeSolver.findSolution(a, 2, 2, new double[] {1, 1})).isEmpty();
    }

    @Test
    void numberThatIsNotFinite_isRefused() {
        double[] b = new double[2];
        Arrays.fill(b, Double.NaN);
        assertThat(NonNegativeSolver.findSolution(new double[] {1, 0, 0, 1}, 2, 1, b))
                .isEmpty();
    }
}
