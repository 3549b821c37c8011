package dev.latent.evaluation;

import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * For each user some sums: of a measure's values, and of how many they are. A measure is the quotient of both over users; so
 * the bootstrap draws users and adds sums, without measuring anything again. Not thread-safe while users are added.
 */
final class UserSums {

    /** A column: the sum of values, then their number. */
    private static final int WIDTH = 2;

    private final int columns;
    private final Map<Integer, double[]> byUser = new TreeMap<>();

    UserSums(int columns) {
        this.columns = columns;
    }

    int columns() {
        return columns;
    }

    /** How many numbers the sums of some columns are: values and counts, alternating. */
    static int width(int columns) {
        return columns * WIDTH;
    }

    static double value(double[] sums, int column) {
        return sums[column * WIDTH];
    }

    static double count(double[] sums, int column) {
        return sums[column * WIDTH + 1];
    }

    /** Adds sums to others. */
    static void add(double[] to, double[] sums) {
        for (int index = 0; index < to.length; index++) {
            to[index] += sums[index];
        }
    }

    /** The measured users, ascending. */
    int[] users() {
        return byUser.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Adds sums to those of a user: values and counts, alternating. */
    void add(int user, double[] sums) {
        add(byUser.computeIfAbsent(user, _ -> new double[width(columns)]), sums);
    }

    /** Adds the sums of all users to those of others. */
    void addTo(UserSums other) {
        byUser.forEach(other::add);
    }

    /** Makes each user count once in some columns, however often it was measured: sums become means. */
    void averageWithinUsers(IntPredicate averaged) {
        for (double[] sums : byUser.values()) {
            for (int column = 0; column < columns; column++) {
                if (averaged.test(column) && sums[column * WIDTH + 1] > 0) {
                    sums[column * WIDTH] /= sums[column * WIDTH + 1];
                    sums[column * WIDTH + 1] = 1;
                }
            }
        }
    }

    /** How much was counted in a column by users of the given places in {@link #users}. */
    double count(int column, IntPredicate places) {
        return total(column * WIDTH + 1, places);
    }

    /** The quotient over users of the given places; NaN when nothing was counted. */
    double mean(int column, IntPredicate places) {
        return total(column * WIDTH, places) / count(column, places);
    }

    private double total(int index, IntPredicate places) {
        double sum = 0;
        int place = 0;
        for (double[] sums : byUser.values()) {
            if (places.test(place++)) {
                sum += sums[index];
            }
        }
        return sum;
    }

    /**
     * The quotients of the first columns in resamples of the users (Efron, "Bootstrap methods: another look at the
     * jackknife", 1979), each resample by its own stream of random numbers, so that the outcome does not depend on the
     * number of threads.
     *
     * @return one array of ascending quotients a column, without those of resamples in which nothing was counted
     */
    double[][] resample(int firstColumns, int resamples, long seed, int threads) {
        double[][] rows = byUser.values().toArray(double[][]::new);
        double[][] quotients = new double[firstColumns][resamples];
        try (WorkerPool pool = new WorkerPool(threads)) {
            pool.run(rows.length == 0 ? 0 : resamples, (resample, _) -> {
                double[] sums = draw(rows, firstColumns * WIDTH, SeededRandom.of(seed, resample));
                for (int column = 0; column < firstColumns; column++) {
                    quotients[column][resample] = sums[column * WIDTH] / sums[column * WIDTH + 1];
                }
            });
        }
        for (int column = 0; column < firstColumns; column++) {
            quotients[column] = Arrays.stream(quotients[column])
                    .filter(value -> rows.length > 0 && !Double.isNaN(value))
                    .sorted()
                    .toArray();
        }
        return quotients;
    }

    private static double[] draw(double[][] rows, int width, SeededRandom random) {
        double[] sums = new double[width];
        for (int draw = 0; draw < rows.length; draw++) {
            double[] row = rows[random.nextInt(rows.length)];
            for (int index = 0; index < width; index++) {
                sums[index] += row[index];
            }
        }
        return sums;
    }

    /** The middle 95 % of ascending values. */
    static Optional<Estimate.Interval> interval(double[] ascending) {
        return ascending.length == 0
                ? Optional.empty()
                : Optional.of(new Estimate.Interval(percentile(ascending, 0.025), percentile(ascending, 0.975)));
    }

    private static double percentile(double[] ascending, double share) {
        double place = share * (ascending.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(ascending.length - 1, below + 1);
        return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
    }
}
