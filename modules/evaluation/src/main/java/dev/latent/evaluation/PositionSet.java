package dev.latent.evaluation;

import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A set of 64-bit positions: one bit each, off the heap. */
final class PositionSet {

    private final MemorySegment words;
    private long count;

    PositionSet(Arena arena, long size) {
        words = arena.allocate((size + Long.SIZE - 1) / Long.SIZE * Long.BYTES, Long.BYTES);
    }

    void add(long position) {
        long offset = position / Long.SIZE * Long.BYTES;
        long word = words.get(SparseRows.INT64, offset);
        long bit = 1L << position;
        if ((word & bit) == 0) {
            words.set(SparseRows.INT64, offset, word | bit);
            count++;
        }
    }

    boolean contains(long position) {
        return (words.get(SparseRows.INT64, position / Long.SIZE * Long.BYTES) >>> position & 1) != 0;
    }

    long count() {
        return count;
    }
}
