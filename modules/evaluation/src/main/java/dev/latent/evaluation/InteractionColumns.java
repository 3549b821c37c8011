package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Interactions in columns that grow, in any order and with repeats; fewer than 2³¹. Not thread-safe. */
public final class InteractionColumns {

    private static final int FIRST_CAPACITY = 1024;

    private int[] users = new int[FIRST_CAPACITY];
    private int[] items = new int[FIRST_CAPACITY];
    private float[] values = new float[FIRST_CAPACITY];
    private long[] times = new long[0];
    private int size;

    /** Creates columns without rows. */
    public InteractionColumns() {}

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
     * Gives users and items other numbers, in place.
     *
     * @param newUsers the new number of each user
     * @param newItems the new number of each item
     */
    public void renumber(int[] newUsers, int[] newItems) {
        for (int row = 0; row < size; row++) {
            users[row] = newUsers[users[row]];
            items[row] = newItems[items[row]];
        }
    }

    /**
     * Packs the rows into a snapshot. Of the repeats of a pair of user and item the one with the latest time stays, of equal
     * times the one that was added last.
     *
     * @param userCount above every user number
     * @param itemCount above every item number
     * @param arena owns the memory of the snapshot
     * @return a snapshot
     */
    public Snapshot pack(int userCount, int itemCount, Arena arena) {
        int[] order = sort(users, sort(items, null, itemCount, "item"), userCount, "user");
        int kept = dropRepeats(order);
        SparseRows byUser = RowBuilder.pack(this, order, kept, userCount, itemCount, arena);
        return PackedSnapshot.of(byUser, RowBuilder.transpose(byUser, arena));
    }

    /** A stable counting sort of the rows, taken in the order given, by a column. */
    private int[] sort(int[] column, int @Nullable [] before, int limit, String what) {
        int[] next = new int[limit + 1];
        for (int row = 0; row < size; row++) {
            if (column[row] >= limit) {
                throw new IllegalArgumentException(
                        "Row " + row + " has " + what + " " + column[row] + ", expected numbers below " + limit);
            }
            next[column[row] + 1]++;
        }
        for (int number = 0; number < limit; number++) {
            next[number + 1] += next[number];
        }
        int[] order = new int[size];
        for (int index = 0; index < size; index++) {
            int row = before == null ? index : before[index];
            order[next[column[row]]++] = row;
        }
        return order;
    }

    private int dropRepeats(int[] order) {
        int kept = 0;
        for (int row : order) {
            boolean repeat = kept > 0 && isSamePair(order[kept - 1], row);
            if (!repeat) {
                order[kept++] = row;
            } else if (time(row) >= time(order[kept - 1])) {
                order[kept - 1] = row;
            }
        }
        return kept;
    }

    private boolean isSamePair(int row, int other) {
        return users[row] == users[other] && items[row] == items[other];
    }
}
