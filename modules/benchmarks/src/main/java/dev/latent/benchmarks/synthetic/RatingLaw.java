package dev.latent.benchmarks.synthetic;

import dev.latent.benchmarks.data.Interactions;
import dev.latent.benchmarks.data.TrainingData;
import dev.latent.math.SeededRandom;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * Ratings of 0.5 to 5 in half stars.
 *
 * <ul>
 *   <li>Ratings per user: lognormal, at least 20, at most 40 % of the items, scaled to the wanted total.
 *   <li>Items of a user: without replacement by a Zipf-Mandelbrot popularity with a = 1.3 and q = 3 % of the items; which
 *       items a user rates does not depend on tastes.
 *   <li>Values: {@link PlantedRatings}.
 *   <li>Split: each rating is test with probability 0.1; one whose user or item has no train rating moves to train.
 * </ul>
 *
 * @param users how many
 * @param items how many
 * @param total wanted number of ratings
 * @param median ratings of a user
 * @param sigma of the logarithm of a user's ratings
 */
record RatingLaw(int users, int items, long total, double median, double sigma) implements SyntheticLaw {

    private static final double TEST_SHARE = 0.1;
    private static final int ROUNDS = 40;
    private static final int LEAST = 20;

    /** Numbers of the random streams. */
    private static final int POPULARITY = 1;

    private static final int ACTIVITY = 2;
    private static final int CHOICE = 3;
    private static final int SPLIT = 4;

    @Override
    public TrainingData draw(String name, long seed, Arena arena) {
        double[] popularity = new Popularity(1.3, 0.03 * items).draw(items, SeededRandom.of(seed, POPULARITY));
        PlantedRatings planted = PlantedRatings.draw(users, popularity, seed);
        Interactions all = choose(popularity, planted, seed);
        boolean[] test = holdOut(all, SeededRandom.of(seed, SPLIT));
        Interactions[] parts = {new Interactions(), new Interactions()};
        for (int row = 0; row < test.length; row++) {
            parts[test[row] ? 1 : 0].add(all.user(row), all.item(row), all.value(row));
        }
        return new TrainingData(
                name,
                "random:" + TEST_SHARE,
                parts[0].pack(users, items, arena),
                Optional.empty(),
                parts[1].pack(users, items, arena),
                planted.facts(parts[0], parts[1]));
    }

    private Interactions choose(double[] popularity, PlantedRatings planted, long seed) {
        Cumulative choice = Cumulative.of(popularity);
        int[] counts = new Activity(total, median, sigma, LEAST, (int) (0.4 * items))
                .draw(users, SeededRandom.of(seed, ACTIVITY));
        SeededRandom random = SeededRandom.of(seed, CHOICE);
        DistinctItems distinct = new DistinctItems(items, ROUNDS);
        Interactions rows = new Interactions();
        for (int user = 0; user < users; user++) {
            for (int item : distinct.draw(counts[user], () -> choice.find(random.nextDouble()))) {
                rows.add(user, item, planted.drawValue(user, item));
            }
        }
        return rows;
    }

    private boolean[] holdOut(Interactions rows, SeededRandom random) {
        boolean[] test = new boolean[rows.size()];
        int[] userRows = rows.countByUser(users);
        int[] itemRows = rows.countByItem(items);
        for (int row = 0; row < test.length; row++) {
            test[row] = random.nextDouble() < TEST_SHARE;
            if (test[row]) {
                userRows[rows.user(row)]--;
                itemRows[rows.item(row)]--;
            }
        }
        for (int row = 0; row < test.length; row++) {
            test[row] &= userRows[rows.user(row)] > 0 && itemRows[rows.item(row)] > 0;
        }
        return test;
    }
}
