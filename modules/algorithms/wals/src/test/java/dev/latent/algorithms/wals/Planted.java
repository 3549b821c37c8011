package dev.latent.algorithms.wals;

import dev.latent.algorithms.wals.Interactions.Entry;
import dev.latent.math.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/** Small made-up data whose truth is known. */
final class Planted {

    private Planted() {}

    /** Returns ratings 1 to 5 of a share of all pairs, without structure. */
    static Interactions noise(int users, int items, double density, long seed) {
        SeededRandom random = SeededRandom.of(seed, 0);
        List<Entry> entries = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            for (int item = 0; item < items; item++) {
                if (random.nextDouble() < density) {
                    entries.add(new Entry(user, item, 1 + random.nextInt(5)));
                }
            }
        }
        return new Interactions(users, items, entries);
    }

    /** Returns {@code 3 + bias + bias + ⟨w, h⟩} of a share of all pairs, with little noise. */
    static Interactions lowRank(int users, int items, int rank, double density, long seed) {
        SeededRandom random = SeededRandom.of(seed, 0);
        double[][] rows = gaussians(users, rank + 1, random);
        double[][] columns = gaussians(items, rank + 1, random);
        List<Entry> entries = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            for (int item = 0; item < items; item++) {
                double value = 3 + 0.3 * (rows[user][rank] + columns[item][rank]) + 0.01 * random.nextGaussian();
                for (int i = 0; i < rank; i++) {
                    value += rows[user][i] * columns[item][i] / Math.sqrt(rank);
                }
                if (random.nextDouble() < density) {
                    entries.add(new Entry(user, item, value));
                }
            }
        }
        return new Interactions(users, items, entries);
    }

    /** Returns likes (value 1) in which user u likes half of the items i with {@code i ≡ u} modulo the groups. */
    static Interactions tastes(int users, int items, int groups, long seed) {
        SeededRandom random = SeededRandom.of(seed, 0);
        List<Entry> entries = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            for (int item = user % groups; item < items; item += groups) {
                if (random.nextDouble() < 0.5) {
                    entries.add(new Entry(user, item, 1));
                }
            }
        }
        return new Interactions(users, items, entries);
    }

    private static double[][] gaussians(int rows, int columns, SeededRandom random) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return matrix;
    }
}
