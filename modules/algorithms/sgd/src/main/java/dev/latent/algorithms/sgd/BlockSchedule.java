package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import dev.latent.spi.SparseRows;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Cuts the interactions into bins × bins blocks such that the blocks of one stage share no user and no item, so that they
 * run side by side without locks: stage {@code s} holds the blocks (b, (b + s) mod bins), one for each user bin b, as in a
 * Latin square (Gemulla et al. 2011, "Large-scale matrix factorization with distributed stochastic gradient descent").
 *
 * <p>The seed and the data alone decide the bins, their number and the order inside a block, never the number of threads.
 * Users are dealt to bins once, in a random order cut at equal numbers of interactions; the rows of a {@link RowTable} of users
 * are to lie in that order, so that a block walks through the users' rows as they lie in memory, and the processor
 * fetches them ahead. Items of a user come together: the user's row stays in the cache.
 *
 * <p>{@link Kind#FIXED}, for losses without drawn items: items are dealt once as users are, a bin's rows filling at most
 * about a quarter of a core's second-level cache, and their rows are to lie in that order too: with rows by number, two cores
 * would write the state of neighbours on one cache line, which cost up to a third of the speed. {@link Kind#REDEALT}: items
 * are dealt anew, equally many a bin, by every {@link #deal}: over the epochs any two items meet in a bin equally often, so that a negative drawn from the bin of a liked
 * item is uniform over all items in expectation; users of a block come in an order that each deal draws.
 *
 * <p>One thread deals and starts stages; blocks of one stage may be read by many.
 */
final class BlockSchedule {

    /** Whether items keep their bins. */
    enum Kind {
        /** They do. */
        FIXED,
        /** Every epoch deals them anew. */
        REDEALT
    }

    /** A block of this size takes well under a millisecond, and its start is not felt. */
    private static final long INTERACTIONS_PER_BLOCK = 2048;

    /** Cores that can work side by side. */
    private static final int MAXIMUM_BINS = 128;

    private static final int ENOUGH_BINS = 16;
    private static final int USERS_PER_BIN = 8;
    private static final int ITEMS_PER_BIN = 32;
    private static final long BYTES_PER_BIN = 256 << 10;

    private static final long USER_STREAM = 1L << 40;
    private static final long ITEM_STREAM = 2L << 40;
    private static final long MEMBER_STREAM = 3L << 40;

    private final Positives positives;
    private final long seed;
    private final int bins;
    private final Kind kind;
    private final int[] userOrder;
    private final UserBin[] userBins;
    private final int[] itemOrder;
    private final int[] itemStarts;
    private final short[] itemBins;
    private final int[] itemLayout;
    private final int[] itemRows;
    private boolean dealt;

    /** The users of one bin and their interactions, grouped by item bin. */
    static final class UserBin {
        private final int[] members;
        private final int[] users;
        private final int[] items;
        private final float[] values;
        private final int[] starts;

        private UserBin(int firstRow, int endRow, int interactions, int bins) {
            members = ascending(firstRow, endRow);
            users = new int[interactions];
            items = new int[interactions];
            values = new float[interactions];
            starts = new int[bins + 1];
        }

        /** The interactions with an item bin. */
        Ratings block(int itemBin) {
            return new Ratings(users, items, values, starts[itemBin], starts[itemBin + 1]);
        }
    }

    BlockSchedule(Positives positives, long seed, Kind kind, int bins) {
        this.positives = positives;
        this.seed = seed;
        this.kind = kind;
        this.bins = bins;
        userOrder = ascending(0, positives.byUser().rows());
        itemOrder = positives.seenItems();
        itemBins = new short[positives.byUser().columns()];
        SeededRandom.of(seed, USER_STREAM).shuffle(userOrder);
        userBins = cutUsers();
        itemStarts = new int[bins + 1];
        itemRows = new int[itemBins.length];
        itemLayout = ascending(0, itemBins.length);
        if (kind == Kind.FIXED) {
            dealItems(1);
            layItems();
        }
        for (int row = 0; row < itemLayout.length; row++) {
            itemRows[itemLayout[row]] = row;
        }
    }

    /** Lets the rows of a bin lie together, those without interactions behind. */
    private void layItems() {
        System.arraycopy(itemOrder, 0, itemLayout, 0, itemOrder.length);
        int row = itemOrder.length;
        for (int item = 0; item < itemLayout.length; item++) {
            if (positives.seenOfItem(item) == 0) {
                itemLayout[row++] = item;
            }
        }
    }

    /**
     * How many bins a side has: enough that a block holds about {@value #INTERACTIONS_PER_BLOCK} interactions, at most
     * {@value #MAXIMUM_BINS}, and few enough that bins have members to draw from; when items keep their bins, no more than
     * caches ask for.
     *
     * @param rowBytes of an item
     */
    static int binsFor(Positives positives, Kind kind, long rowBytes) {
        int rows = positives.byUser().rows();
        int columns = positives.seenItems().length;
        long bySize = (long) Math.sqrt((double) positives.count() / INTERACTIONS_PER_BLOCK);
        long byRows = Math.min(rows / USERS_PER_BIN, columns / ITEMS_PER_BIN);
        long byCache = kind == Kind.FIXED ? Math.max(ENOUGH_BINS, columns * rowBytes / BYTES_PER_BIN) : MAXIMUM_BINS;
        return (int) Math.max(1, Math.min(Math.min(MAXIMUM_BINS, byCache), Math.min(bySize, byRows)));
    }

    private static int[] ascending(int from, int to) {
        int[] numbers = new int[to - from];
        Arrays.setAll(numbers, index -> from + index);
        return numbers;
    }

    private UserBin[] cutUsers() {
        int[] starts = cut(userOrder, positives::ofUser);
        UserBin[] cut = new UserBin[bins];
        for (int bin = 0; bin < bins; bin++) {
            long interactions = 0;
            for (int row = starts[bin]; row < starts[bin + 1]; row++) {
                interactions += positives.ofUser(userOrder[row]);
            }
            cut[bin] = new UserBin(starts[bin], starts[bin + 1], Math.toIntExact(interactions), bins);
        }
        return cut;
    }

    /** Where to cut an order for bins of equal numbers of interactions. */
    private int[] cut(int[] order, IntUnaryOperator counts) {
        int[] starts = new int[bins + 1];
        int at = 0;
        long sum = 0;
        for (int bin = 0; bin < bins; bin++) {
            starts[bin] = at;
            long target = Math.ceilDiv(positives.count() * (bin + 1), bins);
            while (at < order.length && (sum < target || bin == bins - 1)) {
                sum += counts.applyAsInt(order[at++]);
            }
        }
        starts[bins] = order.length;
        return starts;
    }

    /** The number of user bins, of item bins, of stages, and of blocks in a stage. */
    int bins() {
        return bins;
    }

    /** The user of each row: the order in which rows are to lie. Not to be modified. */
    int[] userOrder() {
        return userOrder;
    }

    UserBin userBin(int bin) {
        return userBins[bin];
    }

    /** The item bin that a user bin meets in a stage. */
    int itemBin(int userBin, int stage) {
        return (userBin + stage) % bins;
    }

    /** The item of each row: the order in which rows are to lie, by number where bins change. Not to be modified. */
    int[] itemLayout() {
        return itemLayout;
    }

    /** All items that have an interaction, those of a bin together. Not to be modified. */
    int[] itemOrder() {
        return itemOrder;
    }

    /** Where the items of a bin start in {@link #itemOrder}; they end where the next bin's start. */
    int itemStart(int itemBin) {
        return itemStarts[itemBin];
    }

    /** Draws the item bins and the orders of an epoch. */
    void deal(int epoch, WorkerPool pool) {
        if (dealt && kind == Kind.FIXED) {
            return;
        }
        dealt = true;
        if (kind == Kind.REDEALT) {
            dealItems(epoch);
        }
        pool.run(
                bins,
                (bin, worker) -> deal(userBins[bin], SeededRandom.of(seed, MEMBER_STREAM + (long) epoch * bins + bin)));
    }

    private void dealItems(int epoch) {
        SeededRandom.of(seed, ITEM_STREAM + epoch).shuffle(itemOrder);
        cutItems();
        for (int bin = 0; bin < bins; bin++) {
            for (int position = itemStart(bin); position < itemStart(bin + 1); position++) {
                itemBins[itemOrder[position]] = (short) bin;
            }
        }
    }

    private void cutItems() {
        if (kind == Kind.FIXED) {
            System.arraycopy(cut(itemOrder, positives::ofItem), 0, itemStarts, 0, bins + 1);
        } else {
            Arrays.setAll(itemStarts, bin -> (int) ((long) itemOrder.length * bin / bins));
        }
    }

    private void deal(UserBin bin, SeededRandom random) {
        if (kind == Kind.REDEALT) {
            random.shuffle(bin.members);
        }
        int[] next = new int[bins];
        SparseRows byUser = positives.byUser();
        for (int row : bin.members) {
            int user = userOrder[row];
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
        for (int row : bin.members) {
            place(bin, row, next);
        }
    }

    private void place(UserBin bin, int row, int[] next) {
        SparseRows byUser = positives.byUser();
        int user = userOrder[row];
        for (long position = byUser.start(user); position < byUser.end(user); position++) {
            if (positives.isPositive(position)) {
                int item = byUser.index(position);
                int target = next[itemBins[item]]++;
                bin.users[target] = row;
                bin.items[target] = itemRows[item];
                bin.values[target] = byUser.value(position);
            }
        }
    }
}
