package dev.latent.algorithms.sgd;

import dev.latent.spi.SparseRows;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The interactions that are learnt from: those whose value is at least a minimum. Thread-safe. */
final class Positives {

    private final SparseRows byUser;
    private final double minimumValue;
    private final int[] userCounts;
    private final int[] itemCounts;
    private final int[] itemSeen;
    private final long count;

    /**
     * Counts them.
     *
     * @param minimumValue {@link Double#NEGATIVE_INFINITY} to take all
     */
    Positives(SparseRows byUser, double minimumValue) {
        this.byUser = byUser;
        this.minimumValue = minimumValue;
        userCounts = new int[byUser.rows()];
        itemCounts = new int[byUser.columns()];
        itemSeen = new int[byUser.columns()];
        long sum = 0;
        for (int user = 0; user < userCounts.length; user++) {
            for (long position = byUser.start(user); position < byUser.end(user); position++) {
                itemSeen[byUser.index(position)]++;
                if (isPositive(position)) {
                    userCounts[user]++;
                    itemCounts[byUser.index(position)]++;
                }
            }
            sum += userCounts[user];
        }
        count = sum;
    }

    SparseRows byUser() {
        return byUser;
    }

    long count() {
        return count;
    }

    int usersWithAny() {
        return withAny(userCounts);
    }

    int itemsWithAny() {
        return withAny(itemCounts);
    }

    private static int withAny(int[] counts) {
        return (int) Arrays.stream(counts).filter(count -> count > 0).count();
    }

    int ofUser(int user) {
        return userCounts[user];
    }

    int ofItem(int item) {
        return itemCounts[item];
    }

    /** All interactions of an item, of whatever value. */
    int seenOfItem(int item) {
        return itemSeen[item];
    }

    /** Items that have an interaction of whatever value, ascending: others are unknown and not disliked. */
    int[] seenItems() {
        return IntStream.range(0, itemSeen.length)
                .filter(item -> itemSeen[item] > 0)
                .toArray();
    }

    /** Where in {@link #byUser} those of a user are, ascending. */
    long[] positions(int user) {
        return LongStream.range(byUser.start(user), byUser.end(user))
                .filter(this::isPositive)
                .toArray();
    }

    /** Whether the interaction at a position of {@link #byUser} is one. */
    boolean isPositive(long position) {
        return byUser.value(position) >= minimumValue;
    }

    /** Whether a user has one with an item: a binary search in the user's row. */
    boolean contains(int user, int item) {
        long low = byUser.start(user);
        long high = byUser.end(user) - 1;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            int found = byUser.index(middle);
            if (found == item) {
                return isPositive(middle);
            } else if (found < item) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }
}
