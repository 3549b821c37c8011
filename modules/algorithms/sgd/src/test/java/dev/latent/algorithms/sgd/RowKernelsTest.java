package dev.latent.algorithms.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latent.math.WorkerPool;
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
        RowTable table = new RowTable(Arena.ofAuto(), new int[] {0, 1, 2}, rank, false);
        for (int row = 0; row < 3; row++) {
            table.set(row, RowTable.BIAS, (float) random.nextDouble(-1, 1));
            table.startSquares(row, (float) random.nextDouble(0.5, 2));
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
        assertThat((double) ScalarRows.dot(users, 1, items, 2)).isCloseTo(expected, within(TOLERANCE));
        assertThat((double) VectorRows.dot(users, 1, items, 2)).isCloseTo(expected, within(TOLERANCE));
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
                VectorRows.pairStep(users, 1, items, 2, 0.7f, RATE);
            } else {
                ScalarRows.pairStep(users, 1, items, 2, 0.7f, RATE);
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
                VectorRows.tripleStep(users, 1, items, 0, 2, 0.7f, RATE);
            } else {
                ScalarRows.tripleStep(users, 1, items, 0, 2, 0.7f, RATE);
            }
            user.check(users, 1);
            liked.check(items, 0);
            other.check(items, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 64, 67, 128})
    void userStep_movesTheUserAlone(int rank) {
        for (boolean vectors : new boolean[] {false, true}) {
            RowTable users = table(rank, 1);
            RowTable items = table(rank, 2);
            double[] sum = factors(items, 0);
            double[] drawn = factors(items, 2);
            Arrays.setAll(sum, factor -> 0.7 * sum[factor] - 0.3 * drawn[factor]);
            Expected user = Expected.of(users, 1, sum, 1);
            if (vectors) {
                VectorRows.userStep(users, 1, items, 0, 0.7f, 2, -0.3f, RATE);
            } else {
                ScalarRows.userStep(users, 1, items, 0, 0.7f, 2, -0.3f, RATE);
            }
            user.check(users, 1);
            assertOthersUntouched(users, 1, rank, 1);
            assertOthersUntouched(items, -1, rank, 2);
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
        users.startSquares(0, 1);
        users.set(0, RowTable.DECAY, 0.05f);
        double[] p = factors(users, 0);
        double[] q = factors(items, 0);
        double before = p[factor];
        double gradient = (objective(p, q, factor, 1e-5) - objective(p, q, factor, -1e-5)) / 2e-5;
        float slope = Losses.squaredSlope(1.5f, (float) dot(p, q));
        RowKernels.pairStep(users, 0, items, 0, slope, RATE);
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
        RowKernels.biasStep(table, 1, slope, RATE);
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

    /** The kernel of whole blocks is the dot product and the steps above, rating by rating. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 15, 16, 17, 32, 33, 48, 64, 67, 128})
    void descendSquared_isItsStepsOneByOne(int rank) {
        Ratings ratings =
                new Ratings(new int[] {0, 0, 1, 2, 1}, new int[] {0, 2, 1, 0, 2}, new float[] {9, 4, 1, 5, 3}, 1, 5);
        RatingScale scale = new RatingScale(3, 0.5f);
        RowTable users = normed(rank, 1);
        RowTable items = normed(rank, 2);
        RowTable scalarUsers = normed(rank, 1);
        RowTable scalarItems = normed(rank, 2);
        double loss = VectorSquared.descend(users, items, ratings, scale, RATE);
        double expected = RowKernels.descendStepwise(scalarUsers, scalarItems, ratings, scale, RATE);
        assertThat(loss).isCloseTo(expected, within(1e-4 * expected));
        assertSame(users, scalarUsers);
        assertSame(items, scalarItems);
    }

    private static RowTable normed(int rank, long seed) {
        RowTable table = table(rank, seed);
        try (WorkerPool pool = new WorkerPool(1)) {
            table.measureNorms(pool);
        }
        return table;
    }

    /** A larger error grows the sums by many times their start, where Newton's iteration would not converge. */
    private static void assertSame(RowTable vectors, RowTable scalars) {
        for (int row = 0; row < vectors.rows(); row++) {
            assertThat(factors(vectors, row)).containsExactly(factors(scalars, row), within(1e-4));
            double norm = dot(factors(vectors, row), factors(vectors, row));
            assertThat((double) vectors.get(row, RowTable.NORM)).isCloseTo(norm, within(1e-4 * norm));
            for (int field :
                    new int[] {RowTable.BIAS, RowTable.BIAS_SQUARES, RowTable.SQUARES, RowTable.ROOT, RowTable.BIAS_ROOT
                    }) {
                double expected = scalars.get(row, field);
                assertThat((double) vectors.get(row, field))
                        .isCloseTo(expected, within(1e-4 * Math.abs(expected) + 1e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1.0001f, 1.2f, 1.5f, 1.51f, 100, 1e20f})
    void root_staysOneOverTheSquareRoot(float growth) {
        float squares = 0.37f;
        float root = (float) (1 / Math.sqrt(squares));
        for (int step = 0; step < 3; step++) {
            float next = step == 0 ? squares * growth : squares;
            root = RowKernels.root(squares, next, root);
            squares = next;
        }
        assertThat((double) root).isCloseTo(1 / Math.sqrt(squares), within(0.01 / Math.sqrt(squares)));
    }
}
