package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.math.DenseSolver;
import dev.latent.math.SeededRandom;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Systems of rows of all lengths, one after the other in one workspace, against float64. */
class RowSystemTest {

    @ParameterizedTest
    @CsvSource({"1, 5", "1, 300000", "7, 3", "7, 150000", "33, 1000", "33, 65536", "33, 131072", "64, 257"})
    void anyNumberOfRows_givesTheSolutionOfFloat64(int order, int rows) {
        RowSystem system = new RowSystem(order);
        for (int length : new int[] {rows, 3, rows}) {
            float[] base = base(order);
            double[] precise = widen(base);
            double[] right = new double[order];
            system.begin(base);
            SeededRandom random = SeededRandom.of(order, length);
            for (int row = 0; row < length; row++) {
                addRow(system, precise, right, random);
            }
            assertThat(system.solve(0.5f)).isTrue();
            for (int i = 0; i < order; i++) {
                precise[i * order + i] += 0.5;
            }
            double[] expected = DenseSolver.solveSymmetric(precise, order, right);
            assertThat(widen(system.solution())).containsExactly(expected, Offset.offset(1e-4));
            assertThat(widen(system.rightHandSide())).containsExactly(right, Offset.offset(1e-3 * Math.sqrt(length)));
        }
    }

    private static void addRow(RowSystem system, double[] precise, double[] right, SeededRandom random) {
        int order = right.length;
        int offset = system.nextOffset();
        float[] buffer = system.buffer();
        for (int i = 0; i < order; i++) {
            buffer[offset + i] = 0.5f + random.nextFloat();
        }
        float target = 1 + random.nextFloat();
        for (int i = 0; i < order; i++) {
            right[i] += (double) target * buffer[offset + i];
            for (int j = 0; j < order; j++) {
                precise[i * order + j] += (double) buffer[offset + i] * buffer[offset + j];
            }
        }
        system.add(target);
    }

    private static float[] base(int order) {
        float[] base = new float[order * order];
        for (int i = 0; i < order; i++) {
            base[i * order + i] = 2;
        }
        return base;
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }
}
