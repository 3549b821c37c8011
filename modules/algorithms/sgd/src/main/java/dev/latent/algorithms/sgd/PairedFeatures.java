package dev.latent.algorithms.sgd;

import dev.latent.spi.FeaturePairs;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainingFailedException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Features of items, and behind them as further columns their pairs: two features that at least two items with interactions
 * have both. An entry of a pair is the product of the two entries times a weight, so that its vector is shrunk as by a
 * ridge of 1/weight². Immutable.
 */
final class PairedFeatures {

    private final SparseRows matrix;
    private final int features;
    private final long[] pairs;
    private final float weight;

    private PairedFeatures(SparseRows matrix, int features, long[] pairs, float weight) {
        this.matrix = matrix;
        this.features = features;
        this.pairs = pairs;
        this.weight = weight;
    }

    /**
     * Finds the pairs.
     *
     * @param single one row an item, one column a feature
     * @param counts interactions of each item
     * @param weight above 0
     * @param arena owns the memory of the matrix
     */
    static PairedFeatures of(SparseRows single, IntUnaryOperator counts, double weight, Arena arena) {
        long[] pairs = shared(single, counts);
        return new PairedFeatures(widen(single, pairs, (float) weight, arena), single.columns(), pairs, (float) weight);
    }

    /** Those that occur at least twice among rows with interactions, ascending. */
    private static long[] shared(SparseRows single, IntUnaryOperator counts) {
        long occurrences = 0;
        for (int row = 0; row < single.rows(); row++) {
            occurrences += counts.applyAsInt(row) > 0 ? pairsOf(single.length(row)) : 0;
        }
        if (occurrences > Integer.MAX_VALUE - 8) {
            throw new TrainingFailedException("The features of items make " + occurrences
                    + " pairs, more than a run can hold; set 'feature_pairs' to 0 or import fewer features an item");
        }
        long[] found = new long[(int) occurrences];
        int size = 0;
        for (int row = 0; row < single.rows(); row++) {
            for (long lower = single.start(row); counts.applyAsInt(row) > 0 && lower < single.end(row); lower++) {
                for (long higher = lower + 1; higher < single.end(row); higher++) {
                    found[size++] = key(single.index(lower), single.index(higher));
                }
            }
        }
        Arrays.sort(found);
        int kept = 0;
        for (int at = 1; at < size; at++) {
            boolean isFirst = kept == 0 || found[kept - 1] != found[at];
            if (found[at] == found[at - 1] && isFirst) {
                found[kept++] = found[at];
            }
        }
        return Arrays.copyOf(found, kept);
    }

    private static long pairsOf(int length) {
        return length * (length - 1L) / 2;
    }

    private static long key(int lower, int higher) {
        return (long) lower << Integer.SIZE | higher;
    }

    private static SparseRows widen(SparseRows single, long[] pairs, float weight, Arena arena) {
        MemorySegment offsets = arena.allocate((single.rows() + 1L) * Long.BYTES, Long.BYTES);
        long entries = 0;
        for (int row = 0; row < single.rows(); row++) {
            entries += single.length(row) + pairsIn(single, row, pairs, (_, _) -> {});
            offsets.set(SparseRows.INT64, (row + 1L) * Long.BYTES, entries);
        }
        Entries wide = new Entries(
                arena.allocate(entries * Integer.BYTES, Long.BYTES), arena.allocate(entries * Float.BYTES, Long.BYTES));
        for (int row = 0; row < single.rows(); row++) {
            for (long entry = single.start(row); entry < single.end(row); entry++) {
                wide.add(single.index(entry), single.value(entry));
            }
            pairsIn(single, row, pairs, (pair, product) -> wide.add(single.columns() + pair, weight * product));
        }
        return new SparseRows(
                single.rows(),
                Math.addExact(single.columns(), pairs.length),
                offsets,
                wide.indices,
                wide.values,
                MemorySegment.NULL);
    }

    /** Takes the pairs of a row. */
    private interface PairConsumer {
        void accept(int pair, float product);
    }

    /** Shows the pairs that a row has, ascending, and counts them. */
    private static long pairsIn(SparseRows single, int row, long[] pairs, PairConsumer consumer) {
        long count = 0;
        for (long lower = single.start(row); lower < single.end(row); lower++) {
            for (long higher = lower + 1; higher < single.end(row); higher++) {
                int pair = Arrays.binarySearch(pairs, key(single.index(lower), single.index(higher)));
                if (pair >= 0) {
                    consumer.accept(pair, single.value(lower) * single.value(higher));
                    count++;
                }
            }
        }
        return count;
    }

    /** Entries written one behind the other. */
    private static final class Entries {
        private final MemorySegment indices;
        private final MemorySegment values;
        private long size;

        Entries(MemorySegment indices, MemorySegment values) {
            this.indices = indices;
            this.values = values;
        }

        void add(int column, float value) {
            indices.set(SparseRows.INT32, size * Integer.BYTES, column);
            values.set(SparseRows.FLOAT32, size * Float.BYTES, value);
            size++;
        }
    }

    /** Features first, then pairs. */
    SparseRows matrix() {
        return matrix;
    }

    /** The number of the first pair's column. */
    int features() {
        return features;
    }

    /** What an entry of a pair of features that weigh 1 weighs. */
    float weight() {
        return weight;
    }

    /** Room for the vectors of the pairs. */
    FeaturePairs allocate(Arena arena, int rank) {
        MemorySegment numbers = arena.allocate(pairs.length * (long) Long.BYTES, Long.BYTES);
        for (int pair = 0; pair < pairs.length; pair++) {
            numbers.set(SparseRows.INT32, (long) pair * Long.BYTES, (int) (pairs[pair] >>> Integer.SIZE));
            numbers.set(SparseRows.INT32, (long) pair * Long.BYTES + Integer.BYTES, (int) pairs[pair]);
        }
        return new FeaturePairs(
                numbers, FloatMatrix.allocate(arena, pairs.length, rank), FloatMatrix.allocate(arena, pairs.length, 1));
    }
}
