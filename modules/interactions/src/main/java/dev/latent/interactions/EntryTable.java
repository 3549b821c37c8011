package dev.latent.interactions;

import java.util.Arrays;

/**
 * Combines values that share a key: an open-addressing table whose entries keep the order in which their keys first
 * appeared. Reusable; for one thread.
 *
 * <p>Sums are kept in double precision, so that the order of arrival does not show in the float32 result.
 */
final class EntryTable {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private int[] slots; // entry + 1, 0 when free
    private long[] keys;
    private double[] values;
    private long[] times;
    private int[] slotOf;
    private int size;

    EntryTable() {
        this(64);
    }

    EntryTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, expected)) * 2;
        slots = new int[capacity * 2];
        keys = new long[capacity];
        values = new double[capacity];
        times = new long[capacity];
        slotOf = new int[capacity];
    }

    void clear() {
        for (int entry = 0; entry < size; entry++) {
            slots[slotOf[entry]] = 0;
        }
        size = 0;
    }

    void add(long key, double value, long time, RepeatPolicy policy) {
        int slot = slot(key);
        if (slots[slot] == 0) {
            append(slot, key, value, time);
            return;
        }
        int entry = slots[slot] - 1;
        switch (policy) {
            case LAST -> {
                if (time >= times[entry]) {
                    values[entry] = value;
                    times[entry] = time;
                }
            }
            case SUM -> {
                values[entry] += value;
                times[entry] = Math.max(times[entry], time);
            }
            case MAX -> {
                values[entry] = Math.max(values[entry], value);
                times[entry] = Math.max(times[entry], time);
            }
        }
    }

    private void append(int slot, long key, double value, long time) {
        if (size == keys.length) {
            grow();
            append(slot(key), key, value, time);
            return;
        }
        keys[size] = key;
        values[size] = value;
        times[size] = time;
        slotOf[size] = slot;
        slots[slot] = ++size;
    }

    private int slot(long key) {
        int mask = slots.length - 1;
        int slot = (int) ((key * GOLDEN) >>> 40) & mask;
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int capacity = Math.multiplyExact(keys.length, 2);
        keys = Arrays.copyOf(keys, capacity);
        values = Arrays.copyOf(values, capacity);
        times = Arrays.copyOf(times, capacity);
        slotOf = Arrays.copyOf(slotOf, capacity);
        slots = new int[capacity * 2];
        for (int entry = 0; entry < size; entry++) {
            int slot = slot(keys[entry]);
            slots[slot] = entry + 1;
            slotOf[entry] = slot;
        }
    }

    int size() {
        return size;
    }

    long key(int entry) {
        return keys[entry];
    }

    float value(int entry) {
        return (float) values[entry];
    }

    long time(int entry) {
        return times[entry];
    }
}
