package dev.latent.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More interactions than an int counts, in files with holes: nothing but the touched pages exists. */
class ManyInteractionsTest {

    private static final int ROWS = 4;
    private static final int COLUMNS = 1_500_000_000;
    private static final long COUNT = 4_000_000_000L;

    @TempDir
    private Path directory;

    private MemorySegment hole(String name, long bytes, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(
                directory.resolve(name),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
        }
    }

    private SparseRows rows(Arena arena) throws IOException {
        MemorySegment offsets = arena.allocate((ROWS + 1L) * Long.BYTES);
        for (int row = 0; row <= ROWS; row++) {
            offsets.set(SparseRows.INT64, (long) row * Long.BYTES, COUNT / ROWS * row);
        }
        MemorySegment indices = hole("indices", COUNT * Integer.BYTES, arena);
        MemorySegment values = hole("values", COUNT * Float.BYTES, arena);
        MemorySegment times = hole("times", COUNT * Long.BYTES, arena);
        indices.set(SparseRows.INT32, (COUNT - 1) * Integer.BYTES, COLUMNS - 1);
        values.set(SparseRows.FLOAT32, (COUNT - 1) * Float.BYTES, 3.5f);
        times.set(SparseRows.INT64, (COUNT - 1) * Long.BYTES, 1_700_000_000L);
        return new SparseRows(ROWS, COLUMNS, offsets, indices, values, times);
    }

    @Test
    void sparseRows_beyondTwoToThe31_areReadByPosition() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            SparseRows rows = rows(arena);

            assertThat(rows.count()).isEqualTo(COUNT);
            assertThat(rows.start(3)).isEqualTo(3_000_000_000L);
            assertThat(rows.end(3)).isEqualTo(COUNT);
            assertThat(rows.length(3)).isEqualTo(1_000_000_000);
            assertThat(rows.index(COUNT - 1)).isEqualTo(COLUMNS - 1);
            assertThat(rows.value(COUNT - 1)).isEqualTo(3.5f);
            assertThat(rows.time(COUNT - 1)).isEqualTo(1_700_000_000L);
            assertThat(rows.value(COUNT / 2)).isZero();
        }
    }

    @Test
    void shape_beyondTwoToThe31_isMeasured() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            SparseRows rows = rows(arena);

            SnapshotShape shape =
                    new SnapshotShape(ROWS, COLUMNS, rows.count(), rows.length(0), ROWS, 0, 5_000_000_000L);

            assertThat(shape.interactions()).isEqualTo(4_000_000_000L);
            assertThat(shape.itemFeatureEntries()).isEqualTo(5_000_000_000L);
        }
    }
}
