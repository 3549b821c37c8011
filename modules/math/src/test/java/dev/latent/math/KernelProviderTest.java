package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The streaming kernels of every provider against float64 loops. */
@ParameterizedClass
@MethodSource("providers")
class KernelProviderTest {

    private static final int PAD = 3;

    private final KernelProvider kernels;

    KernelProviderTest(KernelProvider kernels) {
        this.kernels = kernels;
    }

    static Stream<KernelProvider> providers() {
        return Oracle.providers();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 33, 64, 65, 97, 127, 128, 1009})
    void dotOfAnyLength_equalsOracle(int length) {
        float[] a = Oracle.gaussians(length + 2 * PAD, 1);
        float[] b = Oracle.gaussians(length + 2 * PAD, 2);

        float dot = kernels.dot(a, PAD, b, 1, length);

        assertThat((double) dot).isCloseTo(Oracle.dot(a, PAD, b, 1, length), within(1e-6 * (length + 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 33, 64, 65, 97, 127, 128, 1009})
    void dotOfSegment_hasTheBitsOfDotOfArray(int length) {
        float[] a = Oracle.gaussians(length + 2 * PAD, 1);
        float[] b = Oracle.gaussians(length + 2 * PAD, 2);

        float dot = kernels.dot(Oracle.offHeap(a), PAD * (long) Float.BYTES, b, 1, length);

        assertThat(dot).isEqualTo(kernels.dot(a, PAD, b, 1, length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 97, 1009})
    void axpyOfAnyLength_addsInsideTheRangeOnly(int length) {
        float[] x = Oracle.gaussians(length + 2 * PAD, 3);
        float[] y = Oracle.gaussians(length + 2 * PAD, 4);
        float[] expected = y.clone();
        for (int i = 0; i < length; i++) {
            expected[PAD + i] = (float) (y[PAD + i] + 0.75 * x[1 + i]);
        }

        kernels.axpy(0.75f, x, 1, y, PAD, length);

        assertThat(y).containsExactly(expected, within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 65, 127, 128})
    void scoresOfAnyRank_equalOracle(int rank) {
        int rows = 11;
        float[] items = Oracle.gaussians(rows * rank, 5);
        float[] query = Oracle.gaussians(rank + PAD, 6);
        float[] scores = new float[rows];

        kernels.scores(Oracle.offHeap(items), 0, rows, rank, query, PAD, scores, 0);

        for (int row = 0; row < rows; row++) {
            double expected = Oracle.dot(items, row * rank, query, PAD, rank);
            assertThat((double) scores[row]).isCloseTo(expected, within(1e-6 * (rank + 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 17, 31, 64, 65, 128})
    void scoresOfAnyRange_haveTheBitsOfDot(int rank) {
        int rows = 13;
        float[] items = Oracle.gaussians(rows * rank, 7);
        float[] query = Oracle.gaussians(rank, 8);
        MemorySegment segment = Oracle.offHeap(items);
        for (int from = 0; from <= 5; from++) {
            for (int to = from; to <= rows; to++) {
                float[] scores = new float[rows + PAD];
                Arrays.fill(scores, -7f);
                float[] expected = scores.clone();
                for (int row = from; row < to; row++) {
                    expected[PAD + row - from] = kernels.dot(items, row * rank, query, 0, rank);
                }

                kernels.scores(segment, from, to, rank, query, 0, scores, PAD);

                assertThat(scores).containsExactly(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 18, 31, 32, 33, 47, 64, 65, 66, 79, 81, 127, 128, 144})
    void gramianOfAnyRank_equalsOracle(int rank) {
        for (int rowCount : new int[] {0, 1, 2, 13, 300}) {
            float[] rows = Oracle.gaussians(rowCount * rank, 9);
            float[] gramian = new float[rank * rank];

            kernels.gramianAdd(rows, rows, 0, rowCount, rank, gramian);

            assertUpper(gramian, Oracle.gramian(rows, Oracle.ones(rowCount), rowCount, rank), rank, 0f);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 16, 17, 31, 32, 64, 65, 128})
    void weightedGramian_equalsOracleAndAddsToWhatIsThere(int rank) {
        for (int rowCount : new int[] {1, 63, 64, 65, 150}) {
            float[] rows = Oracle.gaussians(rowCount * rank, 10);
            float[] weights = Oracle.gaussians(rowCount, 11);
            float[] gramian = new float[rank * rank];
            Arrays.fill(gramian, 5f);

            Gramians.addWeighted(kernels, rows, weights, rowCount, rank, gramian);

            assertUpper(gramian, Oracle.gramian(rows, weights, rowCount, rank), rank, 5f);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 64, 65, 97, 130})
    void gatheredRows_areTheChosenColumnsInOrder(int width) {
        int rank = width + 2;
        float[] matrix = Oracle.gaussians(9 * rank, 14);
        int[] rows = {7, 8, 0, 3, 3};
        float[] target = new float[PAD + 3 * (width + 1)];
        kernels.gather(Oracle.offHeap(matrix), rank, 1, width, rows, 1, 3, target, PAD, width + 1);
        float[] expected = new float[target.length];
        for (int row = 0; row < 3; row++) {
            System.arraycopy(matrix, rows[1 + row] * rank + 1, expected, PAD + row * (width + 1), width);
        }
        assertThat(target).containsExactly(expected);
    }

    /** Of 2 MiB, which no second-level cache is sure to hold: from the first row to the last. */
    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65, 127, 128, 200})
    void gatheredRowsOfALargeMatrix_areTheChosenColumnsInOrder(int width) {
        int rank = width + 2;
        int count = (1 << 19) / rank;
        float[] matrix = Oracle.gaussians(count * rank, 14);
        for (int column : new int[] {0, 2}) {
            int[] rows = {count - 1, 0, count / 2, count - 1};
            float[] target = new float[rows.length * width];
            kernels.gather(Oracle.offHeap(matrix), rank, column, width, rows, 0, rows.length, target, 0, width);
            float[] expected = new float[target.length];
            for (int row = 0; row < rows.length; row++) {
                System.arraycopy(matrix, rows[row] * rank + column, expected, row * width, width);
            }
            assertThat(target).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 65, 97, 127, 128, 200})
    void productsAndCombinationsOfRows_equalOracleInsideTheirRange(int width) {
        for (int count : new int[] {0, 1, 3, 4, 5, 11}) {
            int stride = width + 1;
            float[] rows = Oracle.gaussians(PAD + count * stride, 15);
            float[] x = Oracle.gaussians(PAD + width, 16);
            float[] weights = Oracle.gaussians(PAD + count, 17);
            float[] products = new float[count + 2 * PAD];
            float[] sums = new float[width + 2 * PAD];
            Arrays.fill(products, 5f);
            Arrays.fill(sums, 5f);
            float[] expectedProducts = products.clone();
            float[] expectedSums = sums.clone();
            for (int row = 0; row < count; row++) {
                int start = PAD + row * stride;
                expectedProducts[PAD + row] += (float) Oracle.dot(rows, start, x, PAD, width);
                for (int i = 0; i < width; i++) {
                    expectedSums[PAD + i] += weights[PAD + row] * rows[start + i];
                }
            }

            kernels.addProducts(rows, PAD, count, stride, width, x, PAD, products, PAD);
            kernels.addCombination(rows, PAD, count, stride, width, weights, PAD, sums, PAD);

            assertThat(products).containsExactly(expectedProducts, within(1e-6f * (width + 10)));
            assertThat(sums).containsExactly(expectedSums, within(2e-5f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 23, 31, 32, 33, 64, 65, 66, 67, 128})
    void choleskyOfAnyRank_equalsEjml(int rank) {
        double[] a = Oracle.positiveDefinite(rank, 12);
        float[] b = Oracle.gaussians(rank, 13);
        double[] expected = DenseSolver.solveSymmetric(a, rank, Oracle.toDoubles(b));
        float[] upperOnly = Oracle.toFloats(a);
        for (int i = 0; i < rank; i++) {
            Arrays.fill(upperOnly, i * rank, i * rank + i, Float.NaN);
        }

        boolean solved = kernels.choleskySolve(upperOnly, rank, b, new float[Cholesky.scratchLength(rank)]);

        assertThat(solved).isTrue();
        assertThat(Oracle.toDoubles(b)).containsExactly(expected, within(2e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 16, 31, 64, 65})
    void choleskyWithOneBadPivot_refusesWhereverItIs(int rank) {
        for (float bad : new float[] {-1f, 0f, Float.NaN, Float.POSITIVE_INFINITY}) {
            for (int at = 0; at < rank; at++) {
                float[] a = new float[rank * rank];
                for (int i = 0; i < rank; i++) {
                    a[i * rank + i] = i == at ? bad : 1f;
                }

                assertThat(kernels.choleskySolve(a, rank, new float[rank], new float[Cholesky.scratchLength(rank)]))
                        .as("%s at %d", bad, at)
                        .isFalse();
            }
        }
    }

    private static void assertUpper(float[] actual, double[] expected, int rank, float start) {
        for (int i = 0; i < rank; i++) {
            for (int j = i; j < rank; j++) {
                assertThat((double) actual[i * rank + j])
                        .as("rank %d, element (%d, %d)", rank, i, j)
                        .isCloseTo(start + expected[i * rank + j], within(3e-4));
            }
        }
    }
}
