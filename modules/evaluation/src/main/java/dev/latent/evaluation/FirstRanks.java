package dev.latent.evaluation;

import dev.latent.math.ItemPanels;
import java.util.Arrays;

/**
 * Finds the rank of the first relevant item of each segment in a whole list that is never sorted: first the best relevant
 * items are looked for, then the items before them are counted while the scores pass by. For one thread.
 */
final class FirstRanks {

    private static final int NONE = -1;

    private final ItemFacts facts;
    private final int[] bests;
    private final float[] bestScores;
    private final int[] before;

    FirstRanks(ListNeeds needs) {
        facts = needs.facts();
        bests = new int[needs.rankedSegments()];
        bestScores = new float[bests.length];
        before = new int[bests.length];
    }

    void clear() {
        Arrays.fill(bests, NONE);
        Arrays.fill(before, 0);
    }

    /** Takes in a relevant item that is in the list; they come by ascending number. NaN is not ranked. */
    void addRelevant(int item, float score) {
        int segment = facts.segment(item);
        if (!Float.isNaN(score) && (bests[segment] == NONE || score > bestScores[segment])) {
            bests[segment] = item;
            bestScores[segment] = score;
        }
    }

    /**
     * Counts items of a block, after all relevant ones were added.
     *
     * @param scores of items numbered one after the other, NaN for those that are not in the list
     * @param start where they start
     * @param from the first item
     * @param to after the last one
     */
    void count(float[] scores, int start, int from, int to) {
        for (int segment = 0; segment < bests.length; segment++) {
            if (bests[segment] != NONE) {
                int lower = start + Math.clamp(bests[segment], from, to) - from;
                float best = bestScores[segment];
                before[segment] += ItemPanels.countAtLeast(scores, start, lower, best)
                        + ItemPanels.countAtLeast(scores, lower, start + to - from, above(best));
            }
        }
    }

    /** The next higher score; that nothing reaches when there is none. */
    private static float above(float score) {
        return score == Float.POSITIVE_INFINITY ? Float.NaN : Math.nextUp(score);
    }

    /** Counts one item of the list. */
    void count(int item, float score) {
        for (int segment = 0; segment < bests.length; segment++) {
            if (bests[segment] != NONE) {
                float best = bestScores[segment];
                before[segment] += score > best || (score == best && item < bests[segment]) ? 1 : 0;
            }
        }
    }

    /** Writes the rank of each segment, from 1; 0 where no relevant item is in the list. */
    void writeTo(int[] ranks) {
        for (int segment = 0; segment < bests.length; segment++) {
            ranks[segment] = bests[segment] == NONE ? 0 : 1 + before[segment];
        }
    }
}
