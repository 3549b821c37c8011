package dev.latent.math;

/**
 * Selects the k best of a stream of (index, score) pairs with a bounded heap whose root is the worst kept.
 *
 * <p>A higher score is better; of equal scores (−0 equals 0) the lower index is better, so the outcome does not depend on
 * the order of the offers. NaN is never kept. Infinities are ordinary scores. Not thread-safe; reusable after
 * {@link #reset} or {@link #drainTo} without allocating.
 */
public final class TopK {

    private final int[] indices;
    private final float[] scores;
    private int size;
    private float threshold = Float.NEGATIVE_INFINITY;

    /**
     * A selection of at most {@code k} pairs.
     *
     * @throws IllegalArgumentException when {@code k} is below 1
     */
    public TopK(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k is %d, expected 1 or more".formatted(k));
        }
        indices = new int[k];
        scores = new float[k];
    }

    /** Forgets every pair. */
    public void reset() {
        size = 0;
        threshold = Float.NEGATIVE_INFINITY;
    }

    /** The number of pairs held, at most k. */
    public int size() {
        return size;
    }

    /** A score below this cannot enter; −∞ until k pairs are held. A caller may skip {@link #offer} on it. */
    public float threshold() {
        return threshold;
    }

    /** Keeps the pair if it is among the k best so far. Indices should be distinct; this is not checked. */
    public void offer(int index, float score) {
        if (score >= threshold) { // false for NaN too
            accept(index, score);
        }
    }

    private void accept(int index, float score) {
        if (size < scores.length) {
            siftUp(size++, index, score);
        } else if (isWorse(indices[0], scores[0], index, score)) {
            siftDown(0, index, score);
        } else {
            return;
        }
        if (size == scores.length) {
            threshold = scores[0];
        }
    }

    /**
     * Writes the pairs in descending score, ties by ascending index, and forgets them.
     *
     * @param targetIndices length at least {@link #size}
     * @param targetScores length at least {@link #size}
     * @return the number of pairs written
     */
    public int drainTo(int[] targetIndices, float[] targetScores) {
        Shapes.checkRange("targetIndices", targetIndices.length, 0, size);
        Shapes.checkRange("targetScores", targetScores.length, 0, size);
        int count = size;
        for (int last = count - 1; last >= 0; last--) {
            targetIndices[last] = indices[0];
            targetScores[last] = scores[0];
            size = last;
            siftDown(0, indices[last], scores[last]);
        }
        reset();
        return count;
    }

    private static boolean isWorse(int index, float score, int otherIndex, float otherScore) {
        return score < otherScore || (score == otherScore && index > otherIndex);
    }

    private void siftUp(int start, int index, float score) {
        int hole = start;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!isWorse(index, score, indices[parent], scores[parent])) {
                break;
            }
            place(hole, indices[parent], scores[parent]);
            hole = parent;
        }
        place(hole, index, score);
    }

    private void siftDown(int start, int index, float score) {
        int hole = start;
        int child = 2 * hole + 1;
        while (child < size) {
            if (child + 1 < size && isWorse(indices[child + 1], scores[child + 1], indices[child], scores[child])) {
                child++;
            }
            if (!isWorse(indices[child], scores[child], index, score)) {
                break;
            }
            place(hole, indices[child], scores[child]);
            hole = child;
            child = 2 * hole + 1;
        }
        place(hole, index, score);
    }

    private void place(int slot, int index, float score) {
        indices[slot] = index;
        scores[slot] = score;
    }
}
