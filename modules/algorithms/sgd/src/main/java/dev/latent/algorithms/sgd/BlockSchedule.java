package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import dev.latent.spi.SparseRows;
import java.util.Arrays;

/**
 * Cuts the interactions into bins × bins blocks such that the blocks of one stage share no user and no item, so that they
 * run side by side without locks: stage {@code s} holds the blocks (b, (b + s) mod bins), one for each user bin b, as in a
 * Latin square (Gemulla et al. 2011, "Large-scale matrix factorization with distributed stochastic gradient descent").
 *
 * <p>The seed and the data alone decide the bins, their number and the order inside a block, never the number of threads.
 * Users are dealt to bins once, in a random order cut at equal numbers of interactions. Items are dealt anew, equally many
 * a bin, by every {@link #deal}: over the epochs any two items meet in a bin equally often, so that a negative drawn from
 * the bin of a liked item is uniform over all items in expectation. Within a block users come in a random order that each
 * deal draws, and the items of a user together, so that the user's row stays in the cache.
 *
 * <p>One thread deals and starts stages; blocks of one stage may be read by many.
 */
final class BlockSchedule {

    /** A block of this size takes well under a millisecond, and its start is not felt. */
    private static final long INTERACTIONS_PER_BLOCK = 2048;

    private static final int MAXIMUM_BINS = 128;
    private static final int USERS_PER_BIN = 8;
    private static final int ITEMS_PER_BIN = 32;

    private static final long USER_STREAM = 1L << 40;
    private static final long ITEM_STREAM = 2L << 40;
    private static final long MEMBER_STREAM = 3L << 40;

    private final Positives positives;
    private final long seed;
    private final int bins;
    private final UserBin[] userBins;
    private final int[] itemOrder;
    private final short[] itemBins;

    /** The users of one bin and their interactions, grouped by item bin. */
    static final class UserBin {
        private final int[] members;
        private final int[] users;
        private final int[] items;
        private final float[] values;
        private final int[] starts;

        private UserBin(int[] members, int interactions, int bins) {
            this.members = members;
            users = new int[interactions];
            items = new int[interactions];
            values = new float[interactions];
            starts = new int[bins + 1];
        }

        /** Where the block with an item bin starts; it ends where the next starts. */
        int start(int itemBin) {
            return starts[itemBin];
        }

        /** Users of all blocks; one an interaction. */
        int[] users() {
            return users;
        }

        /** Items of all blocks. */
        int[] items() {
            return items;
        }

        /** Values of all blocks. */
        float[] values() {
            return values;
        }
    }

    BlockSchedule(Positives positives, long seed) {
        this(positives, seed, binsFor(positives));
    }

    BlockSchedule(Positives positives, long seed, int bins) {
        this.positives = positives;
        this.seed = seed;
        this.bins = bins;
        itemOrder = ascending(positives.byUser().columns());
        itemBins = new short[itemOrder.length];
        userBins = cutUsers();
    }

    /**
     * How many bins a side has: enough that a block holds about {@value #INTERACTIONS_PER_BLOCK} interactions, at most
     * {@value #MAXIMUM_BINS} (the cores that can work side by side), and few enough that bins have members to draw from.
     */
    static int binsFor(Positives positives) {
        long bySize = (long) Math.sqrt((double) positives.count() / INTERACTIONS_PER_BLOCK);
        long byRows = Math.min(
                positives.byUser().rows() / USERS_PER_BIN, positives.byUser().columns() / ITEMS_PER_BIN);
        return (int) Math.max(1, Math.min(MAXIMUM_BINS, Math.min(bySize, byRows)));
    }

    private static int[] ascending(int length) {
        int[] numbers = new int[length];
        Arrays.setAll(numbers, number -> number);
        return numbers;
    }

    private UserBin[] cutUsers() {
        int[] order = ascending(positives.byUser().rows());
        SeededRandom.of(seed, USER_STREAM).shuffle(order);
        UserBin[] cut = new UserBin[bins];
        int from = 0;
        long before = 0;
        for (int bin = 0; bin < bins; bin++) {
            long target = Math.ceilDiv(positives.count() * (bin + 1), bins);
            int to = from;
            long sum = before;
            while (to < order.length && (sum < target || bin == bins - 1)) {
                sum += positives.ofUser(order[to++]);
            }
            cut[bin] = new UserBin(Arrays.copyOfRange(order, from, to), Math.toIntExact(sum - before), bins);
            from = to;
            before = sum;
        }
        return cut;
    }

    /** The number of user bins, of item bins, of stages, and of blocks in a stage. */
    int bins() {
        return bins;
    }

    UserBin userBin(int bin) {
        return userBins[bin];
    }

    /** The item bin that a user bin meets in a stage. */
    int itemBin(int userBin, int stage) {
        return (userBin + stage) % bins;
    }

    /** All items, those of a bin together. */
    int[] itemOrder() {
        return itemOrder;
    }

    /** Where the items of a bin start in {@link #itemOrder}; they end where the next bin's start. */
    int itemStart(int itemBin) {
        return (int) ((long) itemOrder.length * itemBin / bins);
    }

    /** Draws the item bins and the orders of an epoch. */
    void deal(int epoch, WorkerPool pool) {
        SeededRandom.of(seed, ITEM_STREAM + epoch).shuffle(itemOrder);
        for (int bin = 0; bin < bins; bin++) {
            for (int position = itemStart(bin); position < itemStart(bin + 1); position++) {
                itemBins[itemOrder[position]] = (short) bin;
            }
        }
        pool.run(
                bins,
                (bin, worker) -> deal(userBins[bin], SeededRandom.of(seed, MEMBER_STREAM + (long) epoch * bins + bin)));
    }

    private void deal(UserBin bin, SeededRandom random) {
        random.shuffle(bin.members);
        int[] next = new int[bins];
        SparseRows byUser = positives.byUser();
        for (int user : bin.members) {
            for (long position = byUser.start(user); position < byUser.end(user); position++) {
                if (positives.isPositive(position)) {
                    next[itemBins[byUser.index(position)]]++;
                }
            }
        }
        int start = 0;
        for (int itemBin = 0; itemBin < bins; itemBin++) {
            bin.starts[itemBin] = start;
            start += next[itemBin];
            next[itemBin] = bin.starts[itemBin];
        }
        bin.starts[bins] = start;
        for (int user : bin.members) {
            place(bin, user, next);
        }
    }

    private void place(UserBin bin, int user, int[] next) {
        SparseRows byUser = positives.byUser();
        for (long position = byUser.start(user); position < byUser.end(user); position++) {
            if (positives.isPositive(position)) {
                int item = byUser.index(position);
                int target = next[itemBins[item]]++;
                bin.users[target] = user;
                bin.items[target] = item;
                bin.values[target] = byUser.value(position);
            }
        }
    }
}
