package dev.latent.evaluation;

/**
 * What is asked of lists.
 *
 * @param longest how many items of the whole list, at least 1
 * @param isRanked whether the ranks of the first relevant items in the whole list are asked for
 * @param facts say in which segment an item is
 */
record ListNeeds(int longest, boolean isRanked, ItemFacts facts) {

    /** In how many segments the rank of the first relevant item is asked for. */
    int rankedSegments() {
        return isRanked ? facts.segmentCount() : 0;
    }
}
