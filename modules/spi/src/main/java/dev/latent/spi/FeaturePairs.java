package dev.latent.spi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What pairs of features tell beyond each of the two: an entity that has both features of a pair has the pair's vector and bias
 * added to those of its features, times the product of their weights. An entity's features are those of a
 * snapshot's matrix, whose columns number them.
 *
 * <p>A view, as valid and as safe among threads as the memory it shows.
 *
 * @param features {@code count × 2} int32, row-major: the numbers of the two features, the lower one first; the pairs
 *     ascend and are distinct
 * @param factors {@code count × rank}
 * @param biases {@code count × 1}
 */
public record FeaturePairs(MemorySegment features, FloatMatrix factors, FloatMatrix biases) {

    private static final int PAIR_BYTES = 2 * Integer.BYTES;

    /** Checks the shapes and the order of the pairs. */
    public FeaturePairs {
        long count = factors.rows();
        if (features.byteSize() != count * PAIR_BYTES || biases.rows() != count || biases.columns() != 1) {
            throw new IllegalArgumentException("Feature pairs of " + count + " rows of factors need "
                    + count * PAIR_BYTES
                    + " bytes of features and " + count + " x 1 biases, got " + features.byteSize() + " bytes and "
                    + biases.rows() + " x " + biases.columns());
        }
        long before = -1;
        for (long pair = 0; pair < count; pair++) {
            long key = key(features, pair);
            boolean ordered =
                    feature(features, pair, 0) >= 0 && feature(features, pair, 0) < feature(features, pair, 1);
            if (!ordered || key <= before) {
                throw new IllegalArgumentException("Feature pair " + pair + " is of features "
                        + feature(features, pair, 0) + " and " + feature(features, pair, 1)
                        + ", expected numbers from 0, the lower one first, and the pairs ascending");
            }
            before = key;
        }
    }

    private static int feature(MemorySegment features, long pair, int place) {
        return features.get(SparseRows.INT32, pair * PAIR_BYTES + (long) place * Integer.BYTES);
    }

    private static long key(MemorySegment features, long pair) {
        return (long) feature(features, pair, 0) << Integer.SIZE | feature(features, pair, 1);
    }

    /**
     * Returns the number of pairs.
     *
     * @return at least 0
     */
    public long count() {
        return factors.rows();
    }

    /**
     * Returns the lower feature of a pair.
     *
     * @param pair from 0
     * @return from 0
     */
    public int first(long pair) {
        return feature(features, pair, 0);
    }

    /**
     * Returns the higher feature of a pair.
     *
     * @param pair from 0
     * @return above {@link #first}
     */
    public int second(long pair) {
        return feature(features, pair, 1);
    }

    /**
     * Looks up a pair.
     *
     * @param lower a feature
     * @param higher another, above {@code lower}
     * @return its number, negative when there is no such pair
     */
    public long find(int lower, int higher) {
        long wanted = (long) lower << Integer.SIZE | higher;
        long low = 0;
        long high = count() - 1;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            long key = key(features, middle);
            if (key == wanted) {
                return middle;
            }
            low = key < wanted ? middle + 1 : low;
            high = key < wanted ? high : middle - 1;
        }
        return -1;
    }

    /**
     * Copies the pairs into other memory.
     *
     * @param arena owns the copy
     * @return equal pairs
     */
    public FeaturePairs copyTo(Arena arena) {
        MemorySegment copy = arena.allocate(features.byteSize(), Long.BYTES);
        copy.copyFrom(features);
        return new FeaturePairs(copy, EmbeddingModel.copy(factors, arena), EmbeddingModel.copy(biases, arena));
    }
}
