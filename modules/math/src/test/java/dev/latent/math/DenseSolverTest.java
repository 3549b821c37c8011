package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseSolverTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 65})
    void solution_satisfiesTheSystemAndLeavesArgumentsAlone(int n) {
        double[] a = Oracle.positiveDefinite(n, 1);
        double[] b = Oracle.toDoubles(Oracle.gaussians(n, 2));
        double[] aBefore = a.clone();
        double[] bBefore = b.clone();

        double[] x = DenseSolver.solveSymmetric(a, n, b);

        assertThat(a).containsExactly(aBefore);
        assertThat(b).containsExactly(bBefore);
        for (int i = 0; i < n; i++) {
            double product = 0;
            for (int j = 0; j < n; j++) {
                product += a[i * n + j] * x[j];
            }
            assertThat(product).isCloseTo(b[i], within(1e-10));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 65})
    void solutionInPlace_isTheOtherOneAndReadsTheLowerTriangleAlone(int n) {
        double[] a = Oracle.positiveDefinite(n, 1);
        double[] x = Oracle.toDoubles(Oracle.gaussians(n, 2));
        double[] expected = DenseSolver.solveSymmetric(a, n, x);
        for (int i = 0; i < n; i++) {
            Arrays.fill(a, i * n + i + 1, (i + 1) * n, Double.NaN);
        }

        assertThat(DenseSolver.solveInPlace(a, n, x)).isTrue();

        assertThat(x).containsExactly(expected, within(1e-10));
    }

    @Test
    void systemWithoutFiniteSolutionInPlace_isRefused() {
        assertThat(DenseSolver.solveInPlace(new double[] {1, 2, 2, 1}, 2, new double[2]))
                .isFalse();
        assertThat(DenseSolver.solveInPlace(new double[] {1, 0, Double.NaN, 1}, 2, new double[2]))
                .isFalse();
        assertThat(DenseSolver.solveInPlace(new double[] {Double.POSITIVE_INFINITY}, 1, new double[1]))
                .isFalse();
        assertThat(DenseSolver.solveInPlace(new double[] {1}, 1, new double[] {Double.NaN}))
                .isFalse();
    }

    @Test
    void indefiniteMatrix_isRefused() {
        double[] indefinite = {1, 2, 2, 1};

        assertThat(DenseSolver.findSolution(indefinite, 2, new double[2])).isEmpty();
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> DenseSolver.solveSymmetric(indefinite, 2, new double[2]))
                .withMessageContaining("order 2 is not positive definite");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void argumentThatIsNotFinite_isRefused(double bad) {
        assertThat(DenseSolver.findSolution(new double[] {bad, 0, 0, 1}, 2, new double[2]))
                .isEmpty();
        assertThat(DenseSolver.findSolution(new double[] {1, 0, 0, bad}, 2, new double[2]))
                .isEmpty();
    }
}
