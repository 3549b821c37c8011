package dev.latent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces of a version: names, shapes, views. */
final class SectionTest {

    @Test
    void matrix_isAViewBothWays() {
        FloatMatrix matrix = FloatMatrix.allocate(Arena.ofAuto(), 2, 3);
        Section section = Section.of("items", matrix);
        matrix.set(1, 2, 7);
        assertThat(section.type()).isEqualTo(ElementType.FLOAT32);
        assertThat(section.floats().get(1, 2)).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void size_followsFromShapeAndType(ElementType type) {
        MemorySegment data = MemorySegment.ofArray(new byte[6 * type.bytes()]);
        assertThat(new Section("a", type, 2, 3, data).data()).isSameAs(data);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Section("a", type, 2, 2, data))
                .withMessageContainingAll(
                        "'a' of 2 x 2 " + type, "needs " + 4 * type.bytes(), "got " + 6 * type.bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Items", "9items", "item-biases", "../items", "a b", "items\n"})
    void nameThatIsNotOne_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Section(name, ElementType.INT8, 0, 0, MemorySegment.ofArray(new byte[0])))
                .withMessageContaining("does not match");
    }

    @Test
    void shapeThatOverflowsOrIsNegative_isRefused() {
        MemorySegment data = MemorySegment.ofArray(new byte[8]);
        assertThatThrownBy(() -> new Section("a", ElementType.INT64, 1L << 60, 1 << 10, data))
                .isInstanceOf(ArithmeticException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> new Section("a", ElementType.INT64, -1, -1, data));
    }

    @Test
    void otherNumbers_areNotShownAsFloats() {
        Section section = new Section("a", ElementType.INT32, 1, 1, MemorySegment.ofArray(new byte[4]));
        assertThatIllegalStateException()
                .isThrownBy(section::floats)
                .withMessage("Section 'a' holds INT32, not FLOAT32");
    }
}
