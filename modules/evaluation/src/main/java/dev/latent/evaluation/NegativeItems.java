package dev.latent.evaluation;

import dev.latent.math.CumulativeWeights;
import dev.latent.math.SeededRandom;
import dev.latent.spi.FloatMatrix;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Draws items that a user does not like: uniformly, or in proportion to weights. Immutable and thread-safe. */
final class NegativeItems {

    /** What {@link #draw} returns when it found none. */
    static final int NONE = -1;

    /** As in training: fails with probability below 10⁻⁶ for a user who likes items of half of the weight. */
    private static final int TRIES = 20;

    private final int itemCount;
    private final Optional<CumulativeWeights> weights;

    private NegativeItems(int itemCount, Optional<CumulativeWeights> weights) {
        this.itemCount = itemCount;
        this.weights = weights;
    }

    /**
     * Prepares to draw.
     *
     * @param weights one an item, at least 0; empty to draw uniformly
     */
    static NegativeItems of(int itemCount, Optional<FloatMatrix> weights) {
        return new NegativeItems(
                itemCount,
                weights.map(column -> new CumulativeWeights(IntStream.range(0, itemCount)
                        .mapToDouble(item -> column.get(item, 0))
                        .toArray())));
    }

    /**
     * Draws an item.
     *
     * @param liked ascending
     * @return {@link #NONE} when there is none, or when by weights {@value #TRIES} draws in a row were liked
     */
    int draw(int[] liked, SeededRandom random) {
        if (weights.isEmpty()) {
            return liked.length < itemCount ? uniform(liked, random) : NONE;
        }
        CumulativeWeights cumulative = weights.get();
        for (int attempt = 0; attempt < TRIES && cumulative.sum() > 0; attempt++) {
            int item = cumulative.draw(random);
            if (Arrays.binarySearch(liked, item) < 0) {
                return item;
            }
        }
        return NONE;
    }

    /** The r-th number that is not liked, by bisection: {@code liked[k] - k} others come before it. */
    private int uniform(int[] liked, SeededRandom random) {
        int wanted = random.nextInt(itemCount - liked.length);
        int low = 0;
        int high = liked.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (liked[middle] - middle <= wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return wanted + low;
    }
}
