package dev.latent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Dense matrices: shape, layout, copies. */
final class FloatMatrixTest {

    @Test
    void allocated_isZeroAlignedAndRowMajorLittleEndian() {
        FloatMatrix matrix = FloatMatrix.allocate(Arena.ofAuto(), 3, 2);
        assertThat(matrix.segment().address() % 64).isZero();
        assertThat(matrix.segment().toArray(ValueLayout.JAVA_BYTE))
                .containsOnly(0)
                .hasSize(24);
        matrix.set(1, 1, 1f);
        assertThat(matrix.get(1, 1)).isEqualTo(1f);
        assertThat(matrix.segment().asSlice(12, 4).toArray(ValueLayout.JAVA_BYTE))
                .containsExactly(0, 0, -128, 63);
    }

    @Test
    void rows_areCopiedInAndOut() {
        FloatMatrix matrix = FloatMatrix.allocate(Arena.ofAuto(), 2, 3);
        matrix.writeRow(1, new float[] {9, 1, 2, 3}, 1);
        float[] row = new float[5];
        matrix.readRow(1, row, 2);
        assertThat(row).containsExactly(0, 0, 1, 2, 3);
        assertThat(matrix.get(0, 2)).isZero();
        assertThat(matrix.get(1, 0)).isEqualTo(1);
    }

    @Test
    void emptyShapes_areAccepted() {
        assertThat(FloatMatrix.allocate(Arena.ofAuto(), 0, 5).rows()).isZero();
        assertThat(FloatMatrix.allocate(Arena.ofAuto(), 5, 0).columns()).isZero();
    }

    @Test
    void shapeThatIsNotTheSegments_isRefused() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[24]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FloatMatrix(3, 3, bytes))
                .withMessage("A 3 x 3 float32 matrix needs 36 bytes, the segment has 24");
        assertThatIllegalArgumentException().isThrownBy(() -> new FloatMatrix(-3, -2, bytes));
        assertThatThrownBy(() -> new FloatMatrix(1L << 62, 8, bytes)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void elementOutsideTheSegment_isRefused() {
        FloatMatrix matrix = FloatMatrix.allocate(Arena.ofAuto(), 2, 2);
        assertThatThrownBy(() -> matrix.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> matrix.readRow(1, new float[1], 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
