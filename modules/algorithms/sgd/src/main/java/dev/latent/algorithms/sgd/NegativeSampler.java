package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;

/** Draws items that a user has not liked, uniformly from one item bin of a {@link BlockSchedule}. Thread-safe. */
final class NegativeSampler {

    /** What {@link #draw} returns when it found none. */
    static final int NONE = -1;

    /** Fails with probability below 10⁻⁶ for a user who likes half of a bin. */
    private static final int TRIES = 20;

    private final Positives positives;
    private final BlockSchedule schedule;

    NegativeSampler(Positives positives, BlockSchedule schedule) {
        this.positives = positives;
        this.schedule = schedule;
    }

    /**
     * Draws an item.
     *
     * @return {@link #NONE} when {@value #TRIES} draws in a row were liked, as when the user likes the whole bin
     */
    int draw(int user, int itemBin, SeededRandom random) {
        int start = schedule.itemStart(itemBin);
        int size = schedule.itemStart(itemBin + 1) - start;
        int[] order = schedule.itemOrder();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int item = order[start + random.nextInt(size)];
            if (!positives.contains(user, item)) {
                return item;
            }
        }
        return NONE;
    }
}
