package dev.latent.benchmarks.synthetic;

import java.util.Arrays;
import java.util.function.IntSupplier;

/**
 * Draws different items for one user after the other: as many as are still wanted in each round, repeats being drawn again
 * in the next.
 */
final class DistinctItems {

    private final int[] drawnFor;
    private final int rounds;
    private final int[] drawn;
    private int user;

    /** Prepares draws from {@code items} items; a user who lacks some after {@code rounds} goes without. */
    DistinctItems(int items, int rounds) {
        this.drawnFor = new int[items];
        this.rounds = rounds;
        this.drawn = new int[items];
    }

    /** The items of the next user, ascending. */
    int[] draw(int wanted, IntSupplier draws) {
        user++;
        int count = 0;
        for (int round = 0; round < rounds && count < wanted; round++) {
            for (int left = wanted - count; left > 0; left--) {
                int item = draws.getAsInt();
                if (drawnFor[item] != user) {
                    drawnFor[item] = user;
                    drawn[count++] = item;
                }
            }
        }
        int[] items = Arrays.copyOf(drawn, count);
        Arrays.sort(items);
        return items;
    }
}
