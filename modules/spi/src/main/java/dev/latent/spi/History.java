package dev.latent.spi;

/**
 * The interactions of one user, as a {@link ScoringModel} and a {@link FoldIn} read them.
 *
 * @param items item numbers of the model, distinct, ascending; not to be modified
 * @param values the values beside them; not to be modified
 * @param times seconds since 1970 UTC beside them, 0 when not known; of length 0 when no time is known; not to be modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record History(int[] items, float[] values, long[] times) {

    private static final long[] UNKNOWN = {};

    /** Checks that the arrays are of one length. */
    public History {
        if (items.length != values.length) {
            throw new IllegalArgumentException(
                    "History has " + items.length + " items and " + values.length + " values");
        }
        if (times.length != 0 && times.length != items.length) {
            throw new IllegalArgumentException("History has " + items.length + " items and " + times.length
                    + " times; give one for each, or none at all");
        }
    }

    /**
     * A history without times.
     *
     * @param items item numbers of the model, distinct, ascending; not to be modified
     * @param values the values beside them; not to be modified
     */
    public History(int[] items, float[] values) {
        this(items, values, UNKNOWN);
    }

    /**
     * Copies a row of users' interactions.
     *
     * @param byUser one row a user
     * @param user whose row
     * @return with times where {@code byUser} has any
     */
    public static History of(SparseRows byUser, int user) {
        int length = byUser.length(user);
        long start = byUser.start(user);
        int[] items = new int[length];
        float[] values = new float[length];
        long[] times = new long[byUser.times().byteSize() == 0 ? 0 : length];
        for (int index = 0; index < length; index++) {
            items[index] = byUser.index(start + index);
            values[index] = byUser.value(start + index);
        }
        for (int index = 0; index < times.length; index++) {
            times[index] = byUser.time(start + index);
        }
        return new History(items, values, times);
    }

    /**
     * Returns when an interaction was.
     *
     * @param index from 0
     * @return seconds since 1970 UTC, 0 when not known
     */
    public long time(int index) {
        return times.length == 0 ? 0 : times[index];
    }

    /**
     * Returns the number of interactions.
     *
     * @return at least 0
     */
    public int size() {
        return items.length;
    }
}
