package dev.latent.exchange;

import dev.latent.spi.ElementType;
import dev.latent.spi.Section;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Collects ids, whose number is known, into a table in scratch memory. */
final class IdTableBuilder {

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final long count;
    private final MemorySegment offsets;
    private final MemorySegment bytes;
    private long added;
    private long end;

    /**
     * Makes room.
     *
     * @param scratch of the table
     * @param count of ids that will be added
     * @param maxBytes of all of them
     * @param subject what is read
     */
    IdTableBuilder(Scratch scratch, long count, long maxBytes, String subject) throws IOException {
        this.count = count;
        offsets = scratch.take((count + 1) * Long.BYTES, subject);
        bytes = scratch.take(maxBytes, subject);
    }

    void add(MemorySegment source, long start, long length) {
        MemorySegment.copy(source, start, bytes, end, length);
        end += length;
        added++;
        offsets.set(LONG, added * Long.BYTES, end);
    }

    void add(byte[] utf8) {
        add(MemorySegment.ofArray(utf8), 0, utf8.length);
    }

    StringTable build() {
        if (added != count) {
            throw new IllegalStateException(added + " ids were added, expected " + count);
        }
        return new StringTable(
                new Section(StringTable.offsetsName("ids"), ElementType.INT64, count + 1, 1, offsets),
                new Section(StringTable.bytesName("ids"), ElementType.INT8, end, 1, bytes.asSlice(0, end)));
    }
}
