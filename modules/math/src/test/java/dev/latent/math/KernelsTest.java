package dev.latent.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The façade: entry checks, and the float64 Gramian. */
class KernelsTest {

    private static final float[] FOUR = new float[4];
    private static final MemorySegment SEGMENT = MemorySegment.ofArray(FOUR);

    static Stream<Arguments> badShapes() {
        return Stream.of(
                bad("a: range of 3 elements from offset 2", () -> Kernels.dot(FOUR, 2, FOUR, 0, 3)),
                bad("b: range of 3 elements from offset -1", () -> Kernels.dot(FOUR, 0, FOUR, -1, 3)),
                bad("a: range of -1 elements", () -> Kernels.dot(FOUR, 0, FOUR, 0, -1)),
                bad("offset 2147483647", () -> Kernels.dot(FOUR, Integer.MAX_VALUE, FOUR, 0, 4)),
                bad("a: range of 16 bytes from offset 4", () -> Kernels.dot(SEGMENT, 4, FOUR, 0, 4)),
                bad("b: range of 4 elements from offset 1", () -> Kernels.dot(SEGMENT, 0, FOUR, 1, 4)),
                bad("x: range", () -> Kernels.axpy(1f, FOUR, 1, FOUR, 0, 4)),
                bad("y: range", () -> Kernels.axpy(1f, FOUR, 0, FOUR, 1, 4)),
                bad("items: range of 24 bytes", () -> Kernels.scores(SEGMENT, 3, 2, FOUR, FOUR)),
                bad("query: range", () -> Kernels.scores(SEGMENT, 0, 1, 4, FOUR, 1, FOUR, 0)),
                bad("scores: range", () -> Kernels.scores(SEGMENT, 0, 2, 2, FOUR, 0, FOUR, 3)),
                bad("to - from is -1", () -> Kernels.scores(SEGMENT, 1, 0, 2, FOUR, 0, FOUR, 0)),
                bad("items: range", () -> Kernels.scores(SEGMENT, -1, 0, 2, FOUR, 0, FOUR, 0)),
                bad("rank is 0", () -> Kernels.scores(SEGMENT, 1, 0, FOUR, FOUR)),
                bad("rows: range of 6 elements", () -> Kernels.gramianAdd(FOUR, 3, 2, FOUR)),
                bad("rowCount is -1", () -> Kernels.gramianAdd(FOUR, -1, 2, FOUR)),
                bad("gramian: range of 9 elements", () -> Kernels.gramianAdd(FOUR, 1, 3, FOUR)),
                bad("weights: range of 2 elements", () -> Kernels.gramianAdd(FOUR, new float[1], 2, 2, FOUR)),
                bad("rows: range of 2 elements from offset 3", () -> Kernels.gramianAdd(FOUR, 3, 1, 2, FOUR)),
                bad(
                        "matrix: 3 rows of 2",
                        () -> GatheredRows.gather(SEGMENT, 2, 0, 2, new int[] {2}, 0, 1, FOUR, 0, 2)),
                bad("rows is -1", () -> GatheredRows.gather(SEGMENT, 2, 0, 2, new int[] {-1}, 0, 1, FOUR, 0, 2)),
                bad("rank: range of 2", () -> GatheredRows.gather(SEGMENT, 2, 1, 2, new int[] {0}, 0, 1, FOUR, 0, 2)),
                bad("stride - width is -1", () -> GatheredRows.addProducts(FOUR, 0, 1, 1, 2, FOUR, 0, FOUR, 0)),
                bad("out: range of 3", () -> GatheredRows.addCombination(FOUR, 0, 1, 3, 3, FOUR, 0, FOUR, 2)),
                bad("rank is 50000", () -> Kernels.gramianAdd(FOUR, 0, 50_000, FOUR)),
                bad("matrix: 3 rows of 2 float32", () -> Kernels.gramian(SEGMENT, 3, 2, new double[4])),
                bad("9223372036854775807 rows", () -> Kernels.gramian(SEGMENT, Long.MAX_VALUE, 2, new double[4])),
                bad("gramian: range of 4 elements", () -> Kernels.gramian(SEGMENT, 2, 2, new double[3])),
                bad("a: range of 9 elements", () -> Kernels.symmetrize(FOUR, 3)),
                bad("a: range of 9 elements", () -> Cholesky.solve(FOUR, 3, FOUR)),
                bad("b: range of 2 elements", () -> Cholesky.solve(FOUR, 2, new float[1])),
                bad("b: range of 2 elements", () -> DenseSolver.solveSymmetric(new double[4], 2, new double[1])));
    }

    private static Arguments bad(String message, ThrowingCallable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badShapes")
    void badShape_isRefusedWithActualAndExpected(String message, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 1023, 1024, 1025, 10_007})
    void gramianOfAnyHeight_equalsOracleAndIsSymmetric(int rowCount) {
        int rank = 9;
        float[] matrix = Oracle.gaussians(rowCount * rank, 1);
        double[] gramian = new double[rank * rank];
        Arrays.fill(gramian, 99);

        Kernels.gramian(matrix, rowCount, rank, gramian);

        double[] expected = Oracle.gramian(matrix, Oracle.ones(rowCount), rowCount, rank);
        assertThat(gramian).containsExactly(expected, within(2e-6 * (rowCount + 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void gramianOnAPool_hasTheBitsOfOneThread(int threads) {
        int rank = 5;
        int rowCount = 70 * Gramians.BLOCK_ROWS + 77;
        float[] matrix = Oracle.gaussians(rowCount * rank, 2);
        double[] alone = new double[rank * rank];
        double[] pooled = new double[rank * rank];

        Kernels.gramian(matrix, rowCount, rank, alone);
        try (WorkerPool pool = new WorkerPool(threads)) {
            Kernels.gramian(Oracle.offHeap(matrix), rowCount, rank, pooled, pool);
        }

        assertThat(pooled).containsExactly(alone);
    }

    @Test
    void gramianOfManyEqualRows_keepsFloat64Precision() {
        int rowCount = 3_000_000;
        float[] matrix = new float[rowCount];
        Arrays.fill(matrix, 0.1f);
        double[] gramian = new double[1];

        Kernels.gramian(matrix, rowCount, 1, gramian);

        double exact = rowCount * (double) 0.1f * 0.1f;
        assertThat(gramian[0]).isCloseTo(exact, within(exact * 5e-5));
    }

    @Test
    void symmetrize_copiesUpperOntoLower() {
        float[] a = {1, 2, 3, 0, 4, 5, 0, 0, 6};

        Kernels.symmetrize(a, 3);

        assertThat(a).containsExactly(1, 2, 3, 2, 4, 5, 3, 5, 6);
    }
}
