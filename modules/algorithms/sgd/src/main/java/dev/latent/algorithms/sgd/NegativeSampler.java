package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;

/**
 * Draws items that a user has not liked from one item bin of a {@link BlockSchedule}: uniformly, or as often as the power
 * of an item's number of interactions says, by a cumulative table that {@link #prepare} fills after each deal. Thread-safe
 * between calls of {@link #prepare}.
 */
final class NegativeSampler {

    /** What {@link #draw} returns when it found none. */
    static final int NONE = -1;

    /** In place of a bin: the whole catalogue. */
    static final int ALL_BINS = -1;

    /** Fails with probability below 10⁻⁶ for a user who likes half of a bin. */
    private static final int TRIES = 20;

    private final Positives positives;
    private final BlockSchedule schedule;
    private final double[] weights;
    private final double[] ends;

    /**
     * Prepares to draw.
     *
     * @param exponent an item is drawn in proportion to its number of interactions to this power; 0 is uniform
     */
    NegativeSampler(Positives positives, BlockSchedule schedule, double exponent) {
        this.positives = positives;
        this.schedule = schedule;
        int items = exponent == 0 ? 0 : positives.byUser().columns();
        weights = new double[items];
        ends = new double[items];
        for (int item = 0; item < items; item++) {
            weights[item] = StrictMath.pow(positives.seenOfItem(item), exponent);
        }
    }

    /** Follows a deal of the schedule. */
    void prepare() {
        if (ends.length == 0) {
            return;
        }
        int[] order = schedule.itemOrder();
        double sum = 0;
        for (int position = 0; position < order.length; position++) {
            sum += weights[order[position]];
            ends[position] = sum;
        }
    }

    /**
     * Draws an item.
     *
     * @param itemBin {@link #ALL_BINS} to draw from all items that have an interaction
     * @return {@link #NONE} when {@value #TRIES} draws in a row were liked, as when the user likes the whole bin
     */
    int draw(int user, int itemBin, SeededRandom random) {
        int start = itemBin == ALL_BINS ? 0 : schedule.itemStart(itemBin);
        int end = schedule.itemStart(itemBin == ALL_BINS ? schedule.bins() : itemBin + 1);
        int[] order = schedule.itemOrder();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int position = ends.length == 0 ? start + random.nextInt(end - start) : weighted(start, end, random);
            if (!positives.contains(user, order[position])) {
                return order[position];
            }
        }
        return NONE;
    }

    /** The first position whose cumulative weight exceeds a drawn one. */
    private int weighted(int start, int end, SeededRandom random) {
        double before = start == 0 ? 0 : ends[start - 1];
        double wanted = before + random.nextDouble() * (ends[end - 1] - before);
        int low = start;
        int high = end - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
