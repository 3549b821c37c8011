package dev.latent.benchmarks.data;

import dev.latent.spi.Snapshot;
import java.lang.foreign.Arena;
import java.util.Arrays;

/** Interactions in columns that grow, in any order; fewer than 2³¹. Not thread-safe. */
public final class Interactions {

    private static final int FIRST_CAPACITY = 1024;

    private int[] users = new int[FIRST_CAPACITY];
    private int[] items = new int[FIRST_CAPACITY];
    private float[] values = new float[FIRST_CAPACITY];
    private long[] times = new long[0];
    private int size;

    /** Creates columns without rows. */
    public Interactions() {}

    /**
     * Adds an interaction without a time.
     *
     * @param user from 0
     * @param item from 0
     * @param value finite
     */
    public void add(int user, int item, float value) {
        add(user, item, value, 0);
    }

    /**
     * Adds an interaction.
     *
     * @param user from 0
     * @param item from 0
     * @param value finite
     * @param time seconds since 1970 UTC, 0 when not known
     */
    public void add(int user, int item, float value, long time) {
        if (user < 0 || item < 0 || !Float.isFinite(value)) {
            throw new IllegalArgumentException("Interaction of user " + user + " with item " + item + " has value "
                    + value + "; numbers start at 0 and values are finite");
        }
        if (size == users.length) {
            grow();
        }
        users[size] = user;
        items[size] = item;
        values[size] = value;
        if (time != 0) {
            if (times.length == 0) {
                times = new long[users.length];
            }
            times[size] = time;
        }
        size++;
    }

    private void grow() {
        int capacity = Math.addExact(size, size >> 1);
        users = Arrays.copyOf(users, capacity);
        items = Arrays.copyOf(items, capacity);
        values = Arrays.copyOf(values, capacity);
        times = times.length == 0 ? times : Arrays.copyOf(times, capacity);
    }

    /**
     * Returns the number of rows.
     *
     * @return at least 0
     */
    public int size() {
        return size;
    }

    /**
     * Returns the user of a row.
     *
     * @param row from 0
     * @return from 0
     */
    public int user(int row) {
        return users[row];
    }

    /**
     * Returns the item of a row.
     *
     * @param row from 0
     * @return from 0
     */
    public int item(int row) {
        return items[row];
    }

    /**
     * Returns the value of a row.
     *
     * @param row from 0
     * @return finite
     */
    public float value(int row) {
        return values[row];
    }

    /**
     * Returns the time of a row.
     *
     * @param row from 0
     * @return seconds since 1970 UTC, 0 when not known
     */
    public long time(int row) {
        return times.length == 0 ? 0 : times[row];
    }

    /** Whether some row has a time. */
    boolean isTimed() {
        return times.length > 0;
    }

    /**
     * Counts the rows of each user.
     *
     * @param userCount above every user number
     * @return one count a user
     */
    public int[] countByUser(int userCount) {
        return count(users, userCount, "user");
    }

    /**
     * Counts the rows of each item.
     *
     * @param itemCount above every item number
     * @return one count an item
     */
    public int[] countByItem(int itemCount) {
        return count(items, itemCount, "item");
    }

    private int[] count(int[] column, int limit, String what) {
        int[] counts = new int[limit];
        for (int row = 0; row < size; row++) {
            if (column[row] >= limit) {
                throw new IllegalArgumentException(
                        "Row " + row + " has " + what + " " + column[row] + ", expected numbers below " + limit);
            }
            counts[column[row]]++;
        }
        return counts;
    }

    /**
     * Packs the rows for training.
     *
     * @param userCount above every user number
     * @param itemCount above every item number
     * @param arena owns the memory of the snapshot
     * @return a snapshot
     * @throws IllegalArgumentException when a pair of user and item occurs twice
     */
    public Snapshot pack(int userCount, int itemCount, Arena arena) {
        return new Packing(this, arena).pack(countByUser(userCount), countByItem(itemCount));
    }
}
