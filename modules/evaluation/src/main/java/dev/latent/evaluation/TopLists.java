package dev.latent.evaluation;

import java.util.List;

/** Finds the best items of users; the workspace of one thread. */
interface TopLists {

    /** The lists of so many cases are found together at least; a batch is a multiple of it but for the last. */
    int SLICE = 64;

    /**
     * Finds the lists of some cases: the best of the candidates, or of all items but those of the user's history; by
     * descending score, ties by the lower number.
     *
     * @param cases at most as many as there is room for
     * @param found receives them
     */
    void find(List<TestCase> cases, FoundLists found);
}
