package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RidgeSolverTest {

    private static final float LAMBDA = 3f;
    private static final float SCALE = 0.5f;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 0", "7, 63", "8, 64", "17, 65", "64, 128", "64, 200", "65, 7"})
    void weightedRows_giveTheSolutionOfTheNormalEquations(int rank, int rowCount) {
        float[] rows = Oracle.gaussians(rowCount * rank, 1);
        float[] weights = positive(rowCount, 2);
        float[] rhsWeights = Oracle.gaussians(rowCount, 3);
        double[] base = Oracle.positiveDefinite(rank, 4);
        float[] x = new float[rank + 2];

        RidgeSolver solver = new RidgeSolver(rank);
        solver.begin(base, SCALE, LAMBDA);
        add(solver, rows, weights, rhsWeights);

        assertThat(solver.solve(x, 2)).isTrue();
        double[] expected = expected(base, rows, weights, rhsWeights, rank);
        assertThat(Oracle.toDoubles(Arrays.copyOfRange(x, 2, rank + 2))).containsExactly(expected, within(1e-5));
    }

    @Test
    void unitWeights_giveTheSolutionOfThePlainGramian() {
        int rank = 9;
        int rowCount = 100;
        float[] rows = Oracle.gaussians(rowCount * rank, 5);
        float[] x = new float[rank];
        RidgeSolver solver = new RidgeSolver(rank);
        solver.begin(new double[rank * rank], 1, LAMBDA);
        for (int row = 0; row < rowCount; row++) {
            solver.add(rows, row * rank, 1f, 1f);
        }

        assertThat(solver.solve(x, 0)).isTrue();
        double[] expected = expected(new double[rank * rank], rows, Oracle.ones(rowCount), Oracle.ones(rowCount), rank);
        assertThat(Oracle.toDoubles(x)).containsExactly(expected, within(1e-5));
    }

    @Test
    void solverUsedTwice_forgetsTheFirstRow() {
        int rank = 17;
        float[] rows = Oracle.gaussians(80 * rank, 6);
        double[] base = Oracle.positiveDefinite(rank, 7);
        RidgeSolver used = new RidgeSolver(rank);
        used.begin(base, 2.0, 1f);
        add(used, rows, Oracle.gaussians(80, 8), Oracle.gaussians(80, 9));
        used.solve(new float[rank], 0);

        assertThat(secondSolution(used, base, rows)).containsExactly(secondSolution(new RidgeSolver(rank), base, rows));
    }

    @Test
    void abandonedRow_leavesNothingBehind() {
        int rank = 5;
        float[] rows = Oracle.gaussians(80 * rank, 6);
        double[] base = Oracle.positiveDefinite(rank, 7);
        RidgeSolver used = new RidgeSolver(rank);
        used.begin(base, 2.0, 1f);
        used.add(rows, 0, 2f, 2f);

        assertThat(secondSolution(used, base, rows)).containsExactly(secondSolution(new RidgeSolver(rank), base, rows));
    }

    @Test
    void indefiniteSystem_isRefusedAndOutputUntouched() {
        RidgeSolver solver = new RidgeSolver(2);
        float[] x = {7, 7};
        solver.begin(new double[4], 1, 0f);
        solver.add(new float[] {1, 1}, 0, 1f, 1f);

        assertThat(solver.solve(x, 0)).isFalse();
        assertThat(x).containsExactly(7, 7);
    }

    @Test
    void badShapes_areRefused() {
        RidgeSolver solver = new RidgeSolver(3);
        solver.begin(new double[9], 1, 1f);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.begin(new double[8], 1, 1f))
                .withMessageContaining("baseGramian: range of 9 elements");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.add(new float[3], 1, 1f, 1f))
                .withMessageContaining("source: range of 3 elements from offset 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solver.solve(new float[3], 1))
                .withMessageContaining("out: range");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RidgeSolver(0))
                .withMessageContaining("rank is 0");
    }

    private static void add(RidgeSolver solver, float[] rows, float[] weights, float[] rhsWeights) {
        for (int row = 0; row < weights.length; row++) {
            solver.add(rows, row * solver.rank(), weights[row], rhsWeights[row]);
        }
    }

    private static float[] secondSolution(RidgeSolver solver, double[] base, float[] rows) {
        float[] x = new float[solver.rank()];
        solver.begin(base, 1.0, LAMBDA);
        solver.add(rows, 3, 0.5f, 2f);
        assertThat(solver.solve(x, 0)).isTrue();
        return x;
    }

    private static double[] expected(double[] base, float[] rows, float[] weights, float[] rhsWeights, int rank) {
        double[] system = Oracle.gramian(rows, weights, weights.length, rank);
        double[] rightHandSide = new double[rank];
        for (int i = 0; i < rank * rank; i++) {
            system[i] += SCALE * base[i];
        }
        for (int i = 0; i < rank; i++) {
            system[i * rank + i] += LAMBDA;
            for (int row = 0; row < weights.length; row++) {
                rightHandSide[i] += (double) rhsWeights[row] * rows[row * rank + i];
            }
        }
        return DenseSolver.solveSymmetric(system, rank, rightHandSide);
    }

    private static float[] positive(int length, long seed) {
        float[] values = Oracle.gaussians(length, seed);
        for (int i = 0; i < length; i++) {
            values[i] = Math.abs(values[i]);
        }
        return values;
    }
}
