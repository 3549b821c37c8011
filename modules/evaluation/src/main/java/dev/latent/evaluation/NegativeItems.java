package dev.latent.evaluation;

import dev.latent.math.SeededRandom;
import dev.latent.spi.FloatMatrix;
import java.util.Arrays;
import java.util.Optional;

/** Draws items that a user does not like: uniformly, or in proportion to weights. Immutable and thread-safe. */
final class NegativeItems {

    /** What {@link #draw} returns when it found none. */
    static final int NONE = -1;

    /** As in training: fails with probability below 10⁻⁶ for a user who likes items of half of the weight. */
    private static final int TRIES = 20;

    private final int itemCount;
    private final double[] ends;

    private NegativeItems(int itemCount, double[] ends) {
        this.itemCount = itemCount;
        this.ends = ends;
    }

    /**
     * Prepares to draw.
     *
     * @param weights one an item, at least 0; empty to draw uniformly
     */
    static NegativeItems of(int itemCount, Optional<FloatMatrix> weights) {
        double[] ends = new double[weights.isPresent() ? itemCount : 0];
        double sum = 0;
        for (int item = 0; item < ends.length; item++) {
            sum += weights.orElseThrow().get(item, 0);
            ends[item] = sum;
        }
        return new NegativeItems(itemCount, ends);
    }

    /**
     * Draws an item.
     *
     * @param liked ascending
     * @return {@link #NONE} when there is none, or when by weights {@value #TRIES} draws in a row were liked
     */
    int draw(int[] liked, SeededRandom random) {
        if (ends.length == 0) {
            return liked.length < itemCount ? uniform(liked, random) : NONE;
        }
        for (int attempt = 0; attempt < TRIES && ends[itemCount - 1] > 0; attempt++) {
            int item = weighted(random);
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

    /** The first item whose cumulative weight exceeds a drawn one. */
    private int weighted(SeededRandom random) {
        double wanted = random.nextDouble() * ends[itemCount - 1];
        int low = 0;
        int high = itemCount - 1;
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
