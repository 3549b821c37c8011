package dev.latent.algorithms.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scalar and vector rows against the formulas in float64, and their steps against finite differences of the objective. */
class RowKernelsTest {

    private static final float RATE = 0.1f;
    private static final double TOLERANCE = 1e-5;

    private static RowTable table(int rank, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RowTable table = new RowTable(Arena.ofAuto(), 3, rank);
        for (int row = 0; row < 3; row++) {
            table.set(row, RowTable.BIAS, (float) random.nextDouble(-1, 1));
            table.set(row, RowTable.BIAS_SQUARES, (float) random.nextDouble(0.5, 2));
            table.set(row, RowTable.SQUARES, (float) random.nextDouble(0.5, 2));
            table.set(row, RowTable.DECAY, (float) random.nextDouble(0, 0.2));
            table.set(row, RowTable.BIAS_DECAY, (float) random.nextDouble(0, 0.2));
            for (int factor = 0; factor < rank; factor++) {
                table.setFactor(row, factor, (float) random.nextDouble(-1, 1));
            }
        }
        return table;
    }

    private static double[] factors(RowTable table, int row) {
        double[] factors = new double[table.rank()];
        Arrays.setAll(factors, factor -> table.factor(row, factor));
        return factors;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int index = 0; index < a.length; index++) {
            sum += a[index] * b[index];
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 64, 67, 128})
    void dot_isThatOfFloat64(int rank) {
        RowTable users = table(rank, 1);
        RowTable items = table(rank, 2);
        double expected = dot(factors(users, 1), factors(items, 2));
        assertThat((double) ScalarRows.dot(users, users.offset(1), items, items.offset(2)))
                .isCloseTo(expected, within(TOLERANCE));
        assertThat((double) VectorRows.dot(users, users.offset(1), items, items.offset(2)))
                .isCloseTo(expected, within(TOLERANCE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 64, 67, 128})
    void pairStep_movesBothRowsFromTheirOldValues(int rank) {
        for (boolean vectors : new boolean[] {false, true}) {
            RowTable users = table(rank, 1);
            RowTable items = table(rank, 2);
            double[] p = factors(users, 1);
            double[] q = factors(items, 2);
            Expected user = Expected.of(users, 1, q, 0.7);
            Expected item = Expected.of(items, 2, p, 0.7);
            if (vectors) {
                VectorRows.pairStep(users, users.offset(1), items, items.offset(2), 0.7f, RATE);
            } else {
                ScalarRows.pairStep(users, users.offset(1), items, items.offset(2), 0.7f, RATE);
            }
            user.check(users, 1);
            item.check(items, 2);
            assertOthersUntouched(users, 1, rank, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 64, 67, 128})
    void tripleStep_movesThreeRowsFromTheirOldValues(int rank) {
        for (boolean vectors : new boolean[] {false, true}) {
            RowTable users = table(rank, 1);
            RowTable items = table(rank, 2);
            double[] p = factors(users, 1);
            double[] difference = factors(items, 0);
            double[] drawn = factors(items, 2);
            Arrays.setAll(difference, factor -> difference[factor] - drawn[factor]);
            Expected user = Expected.of(users, 1, difference, 0.7);
            Expected liked = Expected.of(items, 0, p, 0.7);
            Expected other = Expected.of(items, 2, p, -0.7);
            if (vectors) {
                VectorRows.tripleStep(users, users.offset(1), items, items.offset(0), items.offset(2), 0.7f, RATE);
            } else {
                ScalarRows.tripleStep(users, users.offset(1), items, items.offset(0), items.offset(2), 0.7f, RATE);
            }
            user.check(users, 1);
            liked.check(items, 0);
            other.check(items, 2);
        }
    }

    private static void assertOthersUntouched(RowTable table, int moved, int rank, long seed) {
        RowTable untouched = table(rank, seed);
        for (int row = 0; row < 3; row++) {
            if (row != moved) {
                assertThat(factors(table, row)).isEqualTo(factors(untouched, row));
            }
        }
    }

    /** With λ = 0 and G = 1 a step is the rate times minus the gradient, here of the squared loss in float64. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void pairStep_descendsTheGradientOfTheObjective(int factor) {
        RowTable users = table(6, 1);
        RowTable items = table(6, 2);
        users.set(0, RowTable.SQUARES, 1);
        users.set(0, RowTable.DECAY, 0.05f);
        double[] p = factors(users, 0);
        double[] q = factors(items, 0);
        double before = p[factor];
        double gradient = (objective(p, q, factor, 1e-5) - objective(p, q, factor, -1e-5)) / 2e-5;
        float slope = Losses.squaredSlope(1.5f, (float) dot(p, q));
        RowKernels.pairStep(users, users.offset(0), items, items.offset(0), slope, RATE);
        assertThat(users.factor(0, factor) - before).isCloseTo(-RATE * gradient, within(TOLERANCE));
    }

    private static double objective(double[] p, double[] q, int factor, double change) {
        double[] moved = p.clone();
        moved[factor] += change;
        return Losses.squared(1.5, dot(moved, q)) + 0.5 * 0.05 * dot(moved, moved);
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.5f, 0.7f})
    void biasStep_movesTheBiasAndItsSquares(float slope) {
        RowTable table = table(4, 3);
        float bias = table.get(1, RowTable.BIAS);
        float squares = table.get(1, RowTable.BIAS_SQUARES);
        double gradient = slope - table.get(1, RowTable.BIAS_DECAY) * bias;
        RowKernels.biasStep(table, table.offset(1), slope, RATE);
        assertThat((double) table.get(1, RowTable.BIAS))
                .isCloseTo(bias + RATE / Math.sqrt(squares) * gradient, within(TOLERANCE));
        assertThat((double) table.get(1, RowTable.BIAS_SQUARES))
                .isCloseTo(squares + gradient * gradient, within(TOLERANCE));
    }

    /** What a row should be after {@code slope·direction − λ·row}. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Expected(double[] factors, double squares) {

        static Expected of(RowTable table, int row, double[] direction, double slope) {
            double[] moved = RowKernelsTest.factors(table, row);
            double squares = table.get(row, RowTable.SQUARES);
            double step = RATE / Math.sqrt(squares);
            double sum = 0;
            for (int factor = 0; factor < moved.length; factor++) {
                double gradient = slope * direction[factor] - table.get(row, RowTable.DECAY) * moved[factor];
                moved[factor] += step * gradient;
                sum += gradient * gradient;
            }
            return new Expected(moved, squares + sum / moved.length);
        }

        void check(RowTable table, int row) {
            assertThat(RowKernelsTest.factors(table, row)).containsExactly(factors, within(TOLERANCE));
            assertThat((double) table.get(row, RowTable.SQUARES)).isCloseTo(squares, within(TOLERANCE));
        }
    }
}
