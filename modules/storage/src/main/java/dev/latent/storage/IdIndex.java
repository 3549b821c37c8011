package dev.latent.storage;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Finds the number of an id in a {@link StringTable}: an open-addressing hash of numbers, at most 16 bytes an id.
 *
 * <p>Immutable, safe for use by many threads; valid as long as its table.
 */
public final class IdIndex {

    private static final int MAXIMUM_SIZE = 1 << 29;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final StringTable table;
    /** Each slot is 0 when empty, else a number plus 1; a power of two of them, at least half empty. */
    private final int[] slots;

    private IdIndex(StringTable table, int[] slots) {
        this.table = table;
        this.slots = slots;
    }

    /**
     * Indexes a table.
     *
     * @param table at most 2²⁹ distinct strings
     * @return an index over it
     * @throws IllegalArgumentException when a string occurs twice or there are too many
     */
    public static IdIndex of(StringTable table) {
        if (table.size() > MAXIMUM_SIZE) {
            throw new IllegalArgumentException(
                    "An index holds at most " + MAXIMUM_SIZE + " ids, the table has " + table.size());
        }
        int size = (int) table.size();
        int capacity = Math.max(2, Integer.highestOneBit(Math.max(1, size)) << 1);
        IdIndex index = new IdIndex(table, new int[size * 2L > capacity ? capacity << 1 : capacity]);
        for (int number = 0; number < size; number++) {
            index.insert(number);
        }
        return index;
    }

    private void insert(int number) {
        byte[] id = table.utf8Of(number).toArray(ValueLayout.JAVA_BYTE);
        int slot = slotOf(id);
        if (slots[slot] != 0) {
            throw new IllegalArgumentException(
                    "Id '" + table.get(number) + "' occurs twice, as number " + (slots[slot] - 1) + " and " + number);
        }
        slots[slot] = number + 1;
    }

    /**
     * Finds the number of an id.
     *
     * @param id any string
     * @return its number, or -1 when the table does not hold it
     */
    public int find(String id) {
        int number = slots[slotOf(id.getBytes(StandardCharsets.UTF_8))] - 1;
        // An unpaired surrogate encodes as '?', which must not find an id that really has one.
        return number >= 0 && hasUnpaired(id) ? -1 : number;
    }

    private static boolean hasUnpaired(String id) {
        for (int index = 0; index < id.length(); index++) {
            if (Character.isSurrogate(id.charAt(index))) {
                boolean paired = Character.isHighSurrogate(id.charAt(index))
                        && index + 1 < id.length()
                        && Character.isLowSurrogate(id.charAt(index + 1));
                if (!paired) {
                    return true;
                }
                index++;
            }
        }
        return false;
    }

    /** Returns the slot that holds the id, or the empty one where it would go. */
    private int slotOf(byte[] id) {
        int mask = slots.length - 1;
        int slot = hash(id) & mask;
        while (slots[slot] != 0 && !table.matches(slots[slot] - 1, id)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int hash(byte[] id) {
        MemorySegment bytes = MemorySegment.ofArray(id);
        long hash = id.length * MULTIPLIER;
        int index = 0;
        for (; index + Long.BYTES <= id.length; index += Long.BYTES) {
            hash = mix(hash ^ bytes.get(SectionFile.LONG, index));
        }
        long rest = 0;
        for (; index < id.length; index++) {
            rest = (rest << 8) | (id[index] & 0xFF);
        }
        hash = mix(hash ^ rest);
        return (int) (hash ^ (hash >>> 32));
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * MULTIPLIER;
        mixed = (mixed ^ (mixed >>> 29)) * MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }
}
