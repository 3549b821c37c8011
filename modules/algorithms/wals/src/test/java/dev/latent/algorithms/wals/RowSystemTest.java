package dev.latent.algorithms.wals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.math.DenseSolver;
import dev.latent.math.SeededRandom;
import dev.latent.spi.Confidence;
import dev.latent.spi.FloatMatrix;
import dev.latent.testkit.InMemorySnapshot;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Systems of rows of all lengths, one after the other in one workspace, against float64. */
class RowSystemTest {

    private static final Objective OBJECTIVE =
            new Objective(false, 0, 1, 1, new Confidence.Linear(0), 0, PairWeights.NONE);

    @ParameterizedTest
    @CsvSource({"1, 5", "1, 30000", "7, 3", "7, 15000", "33, 1000", "33, 16384", "33, 20480", "64, 257"})
    void anyNumberOfRows_givesTheSolutionOfFloat64(int order, int rows) {
        RowSystem system = new RowSystem(order, () -> {});
        for (int length : new int[] {rows, 3, rows}) {
            float[] base = base(order);
            double[] precise = widen(base);
            double[] right = new double[order];
            float[] x = new float[order];
            system.begin(base);
            system.add(pairs(length), fixed(order, length, precise, right));
            assertThat(system.solve(0.5f, x)).isTrue();
            for (int i = 0; i < order; i++) {
                precise[i * order + i] += 0.5;
            }
            double[] expected = DenseSolver.solveSymmetric(precise, order, right);
            assertThat(widen(x)).containsExactly(expected, Offset.offset(1e-4));
            assertThat(widen(system.rightHandSide())).containsExactly(right, Offset.offset(1e-3 * Math.sqrt(length)));
        }
    }

    /** All columns of one row, each of value 1. */
    private static LikedPairs pairs(int length) {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(1, length);
        for (int item = 0; item < length; item++) {
            builder.add(0, item, 1, 0);
        }
        LikedPairs pairs = new LikedPairs(OBJECTIVE, length);
        FixedSide any = new FixedSide(
                1,
                FloatMatrix.allocate(Arena.ofAuto(), length, 1),
                Optional.empty(),
                Optional.empty(),
                0,
                new double[0],
                new float[0],
                false);
        pairs.read(builder.build().byUser(), any, 1, 0, length);
        return pairs;
    }

    /** Random vectors, whose sums are added to {@code precise} and {@code right}. */
    private static FixedSide fixed(int order, int length, double[] precise, double[] right) {
        FloatMatrix factors = FloatMatrix.allocate(Arena.ofAuto(), length, order);
        SeededRandom random = SeededRandom.of(order, length);
        float[] vector = new float[order];
        for (int row = 0; row < length; row++) {
            for (int i = 0; i < order; i++) {
                vector[i] = 0.5f + random.nextFloat();
            }
            factors.writeRow(row, vector, 0);
            for (int i = 0; i < order; i++) {
                right[i] += vector[i];
                for (int j = 0; j < order; j++) {
                    precise[i * order + j] += (double) vector[i] * vector[j];
                }
            }
        }
        return new FixedSide(1, factors, Optional.empty(), Optional.empty(), 0, new double[0], new float[0], false);
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
