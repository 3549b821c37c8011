package dev.latent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Compressed rows: positions, entries, sizes. */
final class SparseRowsTest {

    private static final MemorySegment NONE = MemorySegment.ofArray(new byte[0]);

    /** Row 0: columns 1 and 3; row 1: none; row 2: column 0. */
    private static SparseRows example(boolean timed) {
        return new SparseRows(
                3,
                4,
                longs(0, 2, 2, 3),
                ints(1, 3, 0),
                floats(0.5f, -1, 2),
                timed ? longs(10, 5_000_000_000L, 0) : NONE);
    }

    @Test
    void rows_haveTheirEntries() {
        SparseRows rows = example(true);
        assertThat(rows.count()).isEqualTo(3);
        assertThat(rows.start(0)).isZero();
        assertThat(rows.end(0)).isEqualTo(2);
        assertThat(rows.length(0)).isEqualTo(2);
        assertThat(rows.length(1)).isZero();
        assertThat(rows.start(2)).isEqualTo(2);
        assertThat(rows.start(3)).isEqualTo(rows.count());
        assertThat(rows.index(1)).isEqualTo(3);
        assertThat(rows.value(1)).isEqualTo(-1f);
        assertThat(rows.time(1)).isEqualTo(5_000_000_000L);
    }

    @Test
    void withoutTimes_everyTimeIsUnknown() {
        assertThat(example(false).time(2)).isZero();
    }

    @Test
    void noRows_haveNoEntries() {
        SparseRows rows = new SparseRows(0, 0, longs(0), NONE, NONE, NONE);
        assertThat(rows.count()).isZero();
        assertThat(rows.start(0)).isZero();
    }

    @Test
    void segmentsOfAnotherSize_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SparseRows(3, 4, longs(0, 2, 2), ints(1, 3), floats(1, 1), NONE))
                .withMessageContainingAll("3 x 4", "32 bytes of offsets, got 24");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SparseRows(1, 4, longs(0, 2), ints(1), floats(1, 1), NONE))
                .withMessageContaining("8 bytes of indices, got 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SparseRows(1, 4, longs(0, 2), ints(1, 3), floats(1), NONE))
                .withMessageContaining("8 bytes of values, got 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SparseRows(1, 4, longs(0, 2), ints(1, 3), floats(1, 1), longs(1)))
                .withMessageContaining("16 bytes of times, got 8");
        assertThatIllegalArgumentException().isThrownBy(() -> new SparseRows(-1, 4, NONE, NONE, NONE, NONE));
    }

    private static MemorySegment longs(long... values) {
        MemorySegment segment = Arena.ofAuto().allocate(values.length * (long) Long.BYTES, 8);
        for (int index = 0; index < values.length; index++) {
            segment.set(SparseRows.INT64, index * (long) Long.BYTES, values[index]);
        }
        return segment;
    }

    private static MemorySegment ints(int... values) {
        MemorySegment segment = Arena.ofAuto().allocate(values.length * (long) Integer.BYTES, 8);
        for (int index = 0; index < values.length; index++) {
            segment.set(SparseRows.INT32, index * (long) Integer.BYTES, values[index]);
        }
        return segment;
    }

    private static MemorySegment floats(float... values) {
        MemorySegment segment = Arena.ofAuto().allocate(values.length * (long) Float.BYTES, 8);
        for (int index = 0; index < values.length; index++) {
            segment.set(SparseRows.FLOAT32, index * (long) Float.BYTES, values[index]);
        }
        return segment;
    }
}
