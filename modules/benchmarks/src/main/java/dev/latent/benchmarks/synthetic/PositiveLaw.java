package dev.latent.benchmarks.synthetic;

import dev.latent.benchmarks.data.Interactions;
import dev.latent.benchmarks.data.TrainingData;
import dev.latent.math.SeededRandom;
import dev.latent.spi.Snapshot;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * Positives, all of value 1, by planted tastes, parted for strong generalisation.
 *
 * <ul>
 *   <li>Positives per user: {@link Activity}; which: {@link Tastes}, repeats drawn again up to 12 rounds.
 *   <li>Split: held-out users of those with at least 5 positives; of each one's positives 20 % (at least one) are test and
 *       the others fold-in, without items that no train user has; held-out users left without either are dropped.
 * </ul>
 *
 * @param users how many
 * @param items how many
 * @param activity positives of the users
 * @param popularity of the items
 * @param heldOut users that are not trained on
 */
record PositiveLaw(int users, int items, Activity activity, Popularity popularity, int heldOut)
        implements SyntheticLaw {

    private static final double TEST_SHARE = 0.2;
    private static final int ROUNDS = 12;
    private static final int LEAST_OF_HELD = 5;

    /** Numbers of the random streams. */
    private static final int POPULARITY = 1;

    private static final int ACTIVITY = 2;
    private static final int CHOICE = 3;
    private static final int HELD = 4;
    private static final int SPLIT = 5;

    @Override
    public TrainingData draw(String name, long seed, Arena arena) {
        Tastes tastes = Tastes.draw(popularity.draw(items, SeededRandom.of(seed, POPULARITY)), seed);
        int[][] positives = choose(tastes, seed);
        boolean[] held = holdOut(positives, SeededRandom.of(seed, HELD));
        Snapshot train = train(positives, held).pack(users - heldOut, items, arena);
        HeldOutUsers parts = new HeldOutUsers(train, SeededRandom.of(seed, SPLIT), TEST_SHARE);
        for (int user = 0; user < users; user++) {
            if (held[user]) {
                parts.add(user, positives[user]);
            }
        }
        Snapshot foldIn = parts.foldIn().pack(parts.count(), items, arena);
        Snapshot test = parts.test().pack(parts.count(), items, arena);
        return new TrainingData(
                name,
                "strong-generalization",
                train,
                Optional.of(foldIn),
                test,
                tastes.facts(parts.users(), train, foldIn, test));
    }

    private int[][] choose(Tastes tastes, long seed) {
        int[] counts = activity.draw(users, SeededRandom.of(seed, ACTIVITY));
        SeededRandom random = SeededRandom.of(seed, CHOICE);
        DistinctItems distinct = new DistinctItems(items, ROUNDS);
        int[][] positives = new int[users][];
        for (int user = 0; user < users; user++) {
            Cumulative topics = Cumulative.of(tastes.topicsOf(user));
            positives[user] = distinct.draw(counts[user], () -> tastes.drawItem(topics, random));
        }
        return positives;
    }

    private boolean[] holdOut(int[][] positives, SeededRandom random) {
        int[] candidates = new int[users];
        int count = 0;
        for (int user = 0; user < users; user++) {
            if (positives[user].length >= LEAST_OF_HELD) {
                candidates[count++] = user;
            }
        }
        if (count < heldOut) {
            throw new IllegalStateException("Only " + count + " users have " + LEAST_OF_HELD
                    + " positives, expected at least the " + heldOut + " to hold out");
        }
        boolean[] held = new boolean[users];
        for (int chosen = 0; chosen < heldOut; chosen++) {
            int other = chosen + random.nextInt(count - chosen);
            held[candidates[other]] = true;
            candidates[other] = candidates[chosen];
        }
        return held;
    }

    private static Interactions train(int[][] positives, boolean[] held) {
        Interactions rows = new Interactions();
        int next = 0;
        for (int user = 0; user < positives.length; user++) {
            if (!held[user]) {
                for (int item : positives[user]) {
                    rows.add(next, item, 1);
                }
                next++;
            }
        }
        return rows;
    }
}
