package dev.latent.evaluation;

import java.util.List;

/** Finds the best items of users; the workspace of one thread. */
interface TopLists {

    /** How many users are worth finding together. */
    int BATCH = 64;

    /**
     * Finds the lists of some cases: the best of the candidates, or of all items but those of the user's history; by
     * descending score, ties by the lower number.
     *
     * @param cases at most {@link #BATCH}
     * @param lists receives the items of each case; each array as long as the longest list asked for
     * @param lengths receives how many items each list has
     */
    void find(List<TestCase> cases, int[][] lists, int[] lengths);
}
