package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;

/**
 * Of some drawn items the one that scores highest for the user: what stands above liked items in the lists teaches more
 * than what is far below them (Zhang, Chen, Wang, Yu, "Optimizing top-N collaborative filtering via dynamic negative item
 * sampling", SIGIR 2013). Thread-safe as the sampler is.
 *
 * @param users the rows of users
 * @param items the rows of items
 * @param sampler draws
 * @param candidates how many are drawn; 1 to take what is drawn
 */
record HardestNegative(RowTable users, RowTable items, NegativeSampler sampler, int candidates) {

    /**
     * Draws an item that the user has not liked.
     *
     * @param user row of the user
     * @return {@link NegativeSampler#NONE} when a draw found none
     */
    int draw(int user, int itemBin, SeededRandom random) {
        int number = users.number(user);
        int hardest = sampler.draw(number, itemBin, random);
        if (candidates == 1 || hardest == NegativeSampler.NONE) {
            return hardest;
        }
        float highest = score(user, hardest);
        for (int candidate = 1; candidate < candidates; candidate++) {
            int drawn = sampler.draw(number, itemBin, random);
            if (drawn != NegativeSampler.NONE) {
                float score = score(user, drawn);
                if (score > highest) {
                    highest = score;
                    hardest = drawn;
                }
            }
        }
        return hardest;
    }

    private float score(int user, int item) {
        return items.bias(item) + RowKernels.dot(users, user, items, item);
    }
}
