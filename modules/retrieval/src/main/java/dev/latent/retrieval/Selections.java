package dev.latent.retrieval;

import dev.latent.math.TopK;

/** Selection of the best eligible items from scores that are already there. */
public final class Selections {

    private Selections() {}

    /**
     * Selects from the scores of all items.
     *
     * @param scores one an item
     * @param filter which items are eligible
     * @param k how many at most, at least 0
     * @return exactly min(k, number of eligible items)
     */
    public static TopItems best(float[] scores, ItemFilter filter, int k) {
        int[] allowed = filter.allowed();
        int most = Math.min(k, allowed == null ? scores.length : allowed.length);
        if (most <= 0) {
            return TopItems.NONE;
        }
        TopK best = new TopK(most);
        if (allowed == null) {
            offer(scores, 0, scores.length, filter, best);
        } else {
            for (int item : allowed) {
                if (item < scores.length && filter.acceptsAllowed(item)) {
                    best.offer(item, scores[item]);
                }
            }
        }
        return drain(best);
    }

    static void offer(float[] scores, int from, int to, ItemFilter filter, TopK best) {
        float threshold = best.threshold();
        for (int item = from; item < to; item++) {
            float score = scores[item - from];
            if (score > threshold && filter.acceptsAllowed(item)) {
                best.offer(item, score);
                threshold = best.threshold();
            }
        }
    }

    static TopItems drain(TopK best) {
        int[] items = new int[best.size()];
        float[] scores = new float[best.size()];
        best.drainTo(items, scores);
        return new TopItems(items, scores);
    }
}
