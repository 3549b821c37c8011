package dev.latent.evaluation;

/** The lists of a batch of cases, overwritten by the next batch. For one thread. */
final class FoundLists {

    /** The items of each case, best first. */
    final int[][] items;

    /** How many items each list has. */
    final int[] lengths;

    /**
     * For each case and each segment of items, the rank, from 1, that the first relevant item of the segment has in the whole
     * list; 0 when none is in it.
     */
    final int[][] firstRanks;

    FoundLists(int cases, ListNeeds needs) {
        items = new int[cases][needs.longest()];
        lengths = new int[cases];
        firstRanks = new int[cases][needs.rankedSegments()];
    }
}
