package dev.latent.testkit;

import java.util.SplittableRandom;

/** Small snapshots with a known structure. The same arguments give the same snapshot. */
public final class SyntheticSnapshots {

    /** The rank of what {@link #ratings} plants. */
    public static final int PLANTED_RANK = 3;

    private static final long FIRST_TIME = 1_600_000_000L;
    private static final long TIME_STEP = 3_600;

    private SyntheticSnapshots() {}

    /**
     * Plants ratings: 3 plus the dot product of hidden vectors of {@link #PLANTED_RANK} factors plus a little noise,
     * rounded to halves from 0.5 to 5.
     *
     * @param users number of users
     * @param items number of items
     * @param density share of the pairs that is rated, 0 to 1
     * @param seed of the vectors, the noise and the choice of pairs
     * @return with times
     */
    public static InMemorySnapshot ratings(int users, int items, double density, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] userVectors = vectors(users, random);
        double[][] itemVectors = vectors(items, random);
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(users, items);
        long time = FIRST_TIME;
        for (int user = 0; user < users; user++) {
            for (int item = 0; item < items; item++) {
                if (random.nextDouble() < density) {
                    double rating = 3 + dot(userVectors[user], itemVectors[item]) + 0.2 * random.nextGaussian();
                    time += TIME_STEP;
                    builder.add(user, item, (float) Math.clamp(Math.rint(2 * rating) / 2, 0.5, 5), time);
                }
            }
        }
        return builder.build();
    }

    /**
     * Plants tastes: user {@code u} and item {@code i} belong to the groups {@code u mod groups} and {@code i mod groups};
     * nine in ten of a user's interactions are with items of the own group. All values are 1.
     *
     * @param users number of users
     * @param items number of items, at least {@code groups}
     * @param groups number of tastes
     * @param interactionsPerUser how many are drawn for each user; a pair that is drawn twice counts once
     * @param seed of the draws
     * @return with times
     */
    public static InMemorySnapshot tastes(int users, int items, int groups, int interactionsPerUser, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(users, items);
        long time = FIRST_TIME;
        for (int user = 0; user < users; user++) {
            boolean[] drawn = new boolean[items];
            for (int draw = 0; draw < interactionsPerUser; draw++) {
                int any = random.nextInt(items);
                int ofGroup = any - any % groups + user % groups;
                int item = random.nextInt(10) > 0 && ofGroup < items ? ofGroup : any;
                if (!drawn[item]) {
                    drawn[item] = true;
                    time += TIME_STEP;
                    builder.add(user, item, 1, time);
                }
            }
        }
        return builder.build();
    }

    /**
     * Makes blocks that share no user and no item: everybody of a block has every item of it.
     *
     * @param blocks how many
     * @param users of a block
     * @param items of a block
     * @return without times; all values are 1
     */
    public static InMemorySnapshot disconnectedBlocks(int blocks, int users, int items) {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(blocks * users, blocks * items);
        for (int user = 0; user < blocks * users; user++) {
            for (int item = 0; item < items; item++) {
                builder.add(user, user / users * items + item, 1);
            }
        }
        return builder.build();
    }

    /**
     * Makes a snapshot in which everybody gave every item one value.
     *
     * @param users number of users
     * @param items number of items
     * @param value of each interaction
     * @return without times
     */
    public static InMemorySnapshot allEqual(int users, int items, float value) {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(users, items);
        for (int user = 0; user < users; user++) {
            for (int item = 0; item < items; item++) {
                builder.add(user, item, value);
            }
        }
        return builder.build();
    }

    /**
     * Makes a snapshot in which every other user, and every other item, has no interaction.
     *
     * @param users number of users
     * @param items number of items
     * @return without times; values from -1 to 2
     */
    public static InMemorySnapshot withGaps(int users, int items) {
        InMemorySnapshot.Builder builder = InMemorySnapshot.builder(users, items);
        for (int user = 1; user < users; user += 2) {
            for (int item = 1; item < items; item += 2) {
                builder.add(user, item, (user + item) % 4 - 1);
            }
        }
        return builder.build();
    }

    /**
     * Makes a snapshot without interactions.
     *
     * @param users number of users
     * @param items number of items
     * @return nothing by each of them
     */
    public static InMemorySnapshot empty(int users, int items) {
        return InMemorySnapshot.builder(users, items).build();
    }

    private static double[][] vectors(int count, SplittableRandom random) {
        double[][] vectors = new double[count][PLANTED_RANK];
        for (double[] vector : vectors) {
            for (int factor = 0; factor < PLANTED_RANK; factor++) {
                vector[factor] = 0.8 * random.nextGaussian();
            }
        }
        return vectors;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int factor = 0; factor < a.length; factor++) {
            sum += a[factor] * b[factor];
        }
        return sum;
    }
}
