package dev.latent.evaluation;

import dev.latent.math.SeededRandom;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import java.lang.foreign.Arena;
import java.util.stream.IntStream;

/**
 * Cross-validation: all interactions in a random order, cut into parts whose sizes differ by at most one; each part is once
 * the test of what is learned from the others. Immutable.
 */
public final class Folds {

    private final Snapshot snapshot;
    private final int[] order;
    private final int folds;

    /**
     * Draws the order.
     *
     * @param snapshot of fewer than 2³¹ interactions
     * @param folds at least 2, at most the number of interactions
     * @param seed of the order
     */
    public Folds(Snapshot snapshot, int folds, long seed) {
        if (folds < 2 || folds > snapshot.interactionCount()) {
            throw new IllegalArgumentException("Cross-validation needs 2 folds to as many as there are interactions ("
                    + snapshot.interactionCount() + "), got " + folds);
        }
        this.snapshot = snapshot;
        this.folds = folds;
        order = IntStream.range(0, Math.toIntExact(snapshot.interactionCount())).toArray();
        SeededRandom.of(seed, 0).shuffle(order);
    }

    /**
     * Builds the parts of one fold.
     *
     * @param fold from 0
     * @param arena owns the memory of both parts
     * @return what to learn from and what to measure with
     */
    public SplitSnapshot get(int fold, Arena arena) {
        SparseRows rows = snapshot.byUser();
        try (Arena scratch = Arena.ofConfined()) {
            PositionSet held = new PositionSet(scratch, rows.count());
            int end = (int) ((long) order.length * (fold + 1) / folds);
            for (int index = (int) ((long) order.length * fold / folds); index < end; index++) {
                held.add(order[index]);
            }
            String origin = "fold " + fold + " of " + folds;
            return new SplitSnapshot(
                    PartSnapshot.of(snapshot, held, false, origin, arena),
                    PartSnapshot.of(snapshot, held, true, origin, arena));
        }
    }
}
