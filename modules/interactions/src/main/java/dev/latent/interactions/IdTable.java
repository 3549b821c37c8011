package dev.latent.interactions;

import dev.latent.spi.ElementType;
import dev.latent.storage.StringTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** The ids of a snapshot's users or items: their numbers there and in the source. */
final class IdTable {

    private static final int ABSENT = -1;

    private final int[] sourceNumbers;
    private final int[] numbers;

    private IdTable(int[] sourceNumbers, int[] numbers) {
        this.sourceNumbers = sourceNumbers;
        this.numbers = numbers;
    }

    /** Shows ids in the order in which they are to be numbered; the same each time. */
    interface Ids {
        void forEach(PairSource.IdConsumer consumer) throws IOException;
    }

    /** Numbers the ids that have pairs and writes them as the two sections of a {@link StringTable}. */
    static IdTable write(String name, int limit, IntToLongFunction pairs, Ids ids, SnapshotSections sections)
            throws IOException {
        Counting counting = new Counting(limit, pairs);
        ids.forEach(counting::accept);
        IdTable table = new IdTable(Arrays.copyOf(counting.sourceNumbers, counting.count), counting.numbers);
        try (SnapshotSections.Column offsets =
                        sections.column(StringTable.offsetsName(name), ElementType.INT64, counting.count + 1L, true);
                SnapshotSections.Column bytes =
                        sections.column(StringTable.bytesName(name), ElementType.INT8, counting.bytes, true)) {
            long[] end = {0};
            offsets.putLong(0);
            ids.forEach((id, number) -> {
                if (table.numbers[number] != ABSENT) {
                    bytes.putBytes(id);
                    end[0] += id.length;
                    offsets.putLong(end[0]);
                }
            });
            offsets.finish();
            bytes.finish();
        }
        return table;
    }

    private static final class Counting {

        private final IntToLongFunction pairs;
        private final int[] numbers;
        private int[] sourceNumbers = new int[1024];
        private int count;
        private long bytes;

        Counting(int limit, IntToLongFunction pairs) {
            this.pairs = pairs;
            numbers = new int[limit];
            Arrays.fill(numbers, ABSENT);
        }

        void accept(byte[] id, int number) {
            if (pairs.applyAsLong(number) == 0) {
                return;
            }
            if (count == sourceNumbers.length) {
                sourceNumbers = Arrays.copyOf(sourceNumbers, count * 2);
            }
            numbers[number] = count;
            sourceNumbers[count++] = number;
            bytes += id.length;
        }
    }

    int count() {
        return sourceNumbers.length;
    }

    /** Source numbers in the order of the snapshot's numbers; not to be modified. */
    int[] sourceNumbers() {
        return sourceNumbers;
    }

    int number(int sourceNumber) {
        return numbers[sourceNumber];
    }
}
