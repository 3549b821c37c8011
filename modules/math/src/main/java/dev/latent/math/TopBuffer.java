package dev.latent.math;

import java.util.Arrays;

/**
 * Selects the k best of a stream of (index, score) pairs in the order of {@link TopK}, for long streams: pairs are put into a
 * buffer of several k, of which all but the best are dropped whenever it is full (Hoare's selection, "Algorithm 65: Find",
 * CACM 4, 1961). So an offer costs no comparison but that with the threshold, which rises a few times only. NaN is never
 * kept. Not thread-safe; reusable after {@link #drainTo}.
 */
public final class TopBuffer {

    private static final int ROOM = 4;
    private static final int LEAST_ROOM = 64;
    private static final int MOST_ROOM = 8192;

    private final int k;
    /** Ascending keys are descending scores, then ascending indices. */
    private final long[] keys;

    private int size;
    private float threshold = Float.NEGATIVE_INFINITY;

    /**
     * A selection of at most {@code k} pairs.
     *
     * @throws IllegalArgumentException when {@code k} is below 1
     */
    public TopBuffer(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k is %d, expected 1 or more".formatted(k));
        }
        this.k = k;
        keys = new long[Math.addExact(k, Math.clamp((ROOM - 1L) * k, LEAST_ROOM, MOST_ROOM))];
    }

    /** A score below this cannot be among the k best; −∞ until the buffer was full once. */
    public float threshold() {
        return threshold;
    }

    /** Keeps the pair as long as it may be among the k best. */
    public void offer(int index, float score) {
        if (score >= threshold) { // false for NaN
            keys[size++] = key(index, score);
            if (size == keys.length) {
                dropWorst();
            }
        }
    }

    private static long key(int index, float score) {
        int bits = Float.floatToRawIntBits(score + 0f); // -0 becomes 0
        int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return ((long) ~ascending << Integer.SIZE) | index;
    }

    private static float score(long key) {
        int ascending = ~(int) (key >> Integer.SIZE);
        return Float.intBitsToFloat(ascending ^ ((ascending >> 31) & Integer.MAX_VALUE));
    }

    private void dropWorst() {
        select(k - 1);
        size = k;
        threshold = score(keys[k - 1]);
    }

    /** Puts the key of a rank into its place, with lower ones before it. */
    private void select(int rank) {
        int low = 0;
        int high = size - 1;
        while (low < high) {
            long pivot = median(keys[low], keys[(low + high) >>> 1], keys[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (keys[i] < pivot) {
                    i++;
                }
                while (keys[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    long swapped = keys[i];
                    keys[i++] = keys[j];
                    keys[j--] = swapped;
                }
            }
            if (rank <= j) {
                high = j;
            } else if (rank >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /**
     * Writes the k best pairs in descending score, ties by ascending index, and forgets all.
     *
     * @param targetIndices length at least k, or as many as were offered
     * @return the number of pairs written
     */
    public int drainTo(int[] targetIndices) {
        int count = Math.min(k, size);
        Shapes.checkRange("targetIndices", targetIndices.length, 0, count);
        if (size > k) {
            select(k - 1);
        }
        Arrays.sort(keys, 0, count);
        for (int rank = 0; rank < count; rank++) {
            targetIndices[rank] = (int) keys[rank];
        }
        size = 0;
        threshold = Float.NEGATIVE_INFINITY;
        return count;
    }
}
