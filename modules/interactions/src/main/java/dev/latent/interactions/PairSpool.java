package dev.latent.interactions;

import dev.latent.spi.SparseRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The pairs of a snapshot by the numbers of the source, in a temporary file: 16 bytes each, little-endian: int32 item,
 * float32 value, int64 time.
 */
final class PairSpool {

    static final int PAIR_BYTES = 16;
    private static final int BUFFER = 1 << 20;

    private final long[] starts;
    private final long[] pairsOfItem;
    private final MemorySegment pairs;
    private final boolean times;

    private PairSpool(long[] starts, long[] pairsOfItem, MemorySegment pairs, boolean times) {
        this.starts = starts;
        this.pairsOfItem = pairsOfItem;
        this.pairs = pairs;
        this.times = times;
    }

    /** Writes the pairs of a source to a new file, which may be deleted while the arena maps it. */
    static PairSpool write(PairSource source, Path file, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Writing writing = new Writing(source, channel);
            source.forEachHistory(writing::add);
            writing.drain();
            for (int user = 0; user < source.userLimit(); user++) {
                writing.starts[user + 1] += writing.starts[user];
            }
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new PairSpool(writing.starts, writing.pairsOfItem, mapped, writing.times);
        }
    }

    private static final class Writing {

        private final long[] starts;
        private final long[] pairsOfItem;
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        private boolean times;

        Writing(PairSource source, FileChannel channel) {
            starts = new long[source.userLimit() + 1];
            pairsOfItem = new long[source.itemLimit()];
            this.channel = channel;
        }

        void add(int user, EntryTable pairs) throws IOException {
            starts[user + 1] = pairs.size();
            for (int entry = 0; entry < pairs.size(); entry++) {
                if (buffer.remaining() < PAIR_BYTES) {
                    drain();
                }
                int item = (int) pairs.key(entry);
                if (!Float.isFinite(pairs.value(entry))) {
                    throw new InvalidValueException(
                            "value",
                            "summed over repeats and types is " + pairs.value(entry) + " for user number " + user
                                    + " and item number " + item + ", beyond float32; use smaller values or weights");
                }
                times |= pairs.time(entry) != 0;
                pairsOfItem[item]++;
                buffer.putInt(item).putFloat(pairs.value(entry)).putLong(pairs.time(entry));
            }
        }

        void drain() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }
    }

    long count() {
        return starts[starts.length - 1];
    }

    boolean hasTimes() {
        return times;
    }

    long pairsOfUser(int user) {
        return starts[user + 1] - starts[user];
    }

    long pairsOfItem(int item) {
        return pairsOfItem[item];
    }

    /** Where a user's pairs start. */
    long start(int user) {
        return starts[user];
    }

    int item(long pair) {
        return pairs.get(SparseRows.INT32, pair * PAIR_BYTES);
    }

    float value(long pair) {
        return pairs.get(SparseRows.FLOAT32, pair * PAIR_BYTES + 4);
    }

    long time(long pair) {
        return pairs.get(SparseRows.INT64, pair * PAIR_BYTES + 8);
    }
}
