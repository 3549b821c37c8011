package dev.latent.benchmarks.synthetic;

import dev.latent.benchmarks.data.Interactions;
import dev.latent.math.SeededRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * The truth behind ratings: {@code 3.4 + b_u + b_i + <p_u, q_i> + noise}, rounded to half stars and clipped to 0.5 to 5.
 *
 * <p>{@code b_u ~ N(0, 0.47)}; {@code b_i ~ N(0, 0.43) + 0.12 ·} the standardised log popularity; 20 normal factors whose
 * column j has scale {@code (1 + j/4)^-0.5}, set so that {@code <p, q>} has standard deviation 0.54; {@code noise ~ N(0,
 * 0.755)}. Draws of values come in the order they are asked for. Not thread-safe.
 */
final class PlantedRatings {

    private static final int RANK = 20;
    private static final double MEAN = 3.4;
    private static final double USER_DEVIATION = 0.47;
    private static final double ITEM_DEVIATION = 0.43;
    private static final double POPULARITY_WEIGHT = 0.12;
    private static final double TASTE_DEVIATION = 0.54;
    private static final double NOISE = 0.755;
    private static final float LOWEST = 0.5f;
    private static final float HIGHEST = 5;

    /** Numbers of the random streams; those of {@link RatingLaw} are lower. */
    private static final int FACTORS = 11;

    private static final int BIASES = 12;
    private static final int VALUES = 13;

    private final float[] userFactors;
    private final float[] itemFactors;
    private final double[] userBiases;
    private final double[] itemBiases;
    private final SeededRandom noise;

    private PlantedRatings(
            float[] userFactors, float[] itemFactors, double[] userBiases, double[] itemBiases, SeededRandom noise) {
        this.userFactors = userFactors;
        this.itemFactors = itemFactors;
        this.userBiases = userBiases;
        this.itemBiases = itemBiases;
        this.noise = noise;
    }

    static PlantedRatings draw(int users, double[] popularity, long seed) {
        double[] scales = scales();
        SeededRandom factors = SeededRandom.of(seed, FACTORS);
        SeededRandom biases = SeededRandom.of(seed, BIASES);
        double[] userBiases = new double[users];
        for (int user = 0; user < users; user++) {
            userBiases[user] = USER_DEVIATION * biases.nextGaussian();
        }
        double[] itemBiases = standardisedLogarithms(popularity);
        for (int item = 0; item < itemBiases.length; item++) {
            itemBiases[item] = POPULARITY_WEIGHT * itemBiases[item] + ITEM_DEVIATION * biases.nextGaussian();
        }
        return new PlantedRatings(
                factors(users, scales, factors),
                factors(popularity.length, scales, factors),
                userBiases,
                itemBiases,
                SeededRandom.of(seed, VALUES));
    }

    /** With scales s_j on both sides, the dot product of two rows has the variance Σ s_j⁴. */
    private static double[] scales() {
        double[] scales = new double[RANK];
        double variance = 0;
        for (int factor = 0; factor < RANK; factor++) {
            scales[factor] = 1 / StrictMath.sqrt(1 + factor / 4.0);
            variance += StrictMath.pow(scales[factor], 4);
        }
        double change = StrictMath.sqrt(TASTE_DEVIATION / StrictMath.sqrt(variance));
        for (int factor = 0; factor < RANK; factor++) {
            scales[factor] *= change;
        }
        return scales;
    }

    private static float[] factors(int rows, double[] scales, SeededRandom random) {
        float[] factors = new float[rows * RANK];
        for (int index = 0; index < factors.length; index++) {
            factors[index] = (float) (scales[index % RANK] * random.nextGaussian());
        }
        return factors;
    }

    private static double[] standardisedLogarithms(double[] popularity) {
        double[] logarithms = new double[popularity.length];
        double sum = 0;
        double squares = 0;
        for (int item = 0; item < logarithms.length; item++) {
            logarithms[item] = StrictMath.log(popularity[item]);
            sum += logarithms[item];
            squares += logarithms[item] * logarithms[item];
        }
        double mean = sum / logarithms.length;
        double deviation = StrictMath.sqrt(squares / logarithms.length - mean * mean);
        for (int item = 0; item < logarithms.length; item++) {
            logarithms[item] = (logarithms[item] - mean) / deviation;
        }
        return logarithms;
    }

    private double biases(int user, int item) {
        return MEAN + userBiases[user] + itemBiases[item];
    }

    private double mean(int user, int item) {
        double sum = biases(user, item);
        for (int factor = 0; factor < RANK; factor++) {
            sum += userFactors[user * RANK + factor] * itemFactors[item * RANK + factor];
        }
        return sum;
    }

    /** A rating of an item by a user. */
    float drawValue(int user, int item) {
        double value = mean(user, item) + NOISE * noise.nextGaussian();
        return (float) clip(Math.rint(value * 2) / 2);
    }

    private static double clip(double value) {
        return Math.clamp(value, LOWEST, HIGHEST);
    }

    /** What the truth, its biases alone and the mean of the training reach on the test. */
    Map<String, Double> facts(Interactions train, Interactions test) {
        double sum = 0;
        for (int row = 0; row < train.size(); row++) {
            sum += train.value(row);
        }
        double mean = sum / train.size();
        Map<String, Double> facts = new LinkedHashMap<>();
        facts.put("mean", mean);
        facts.put("rmse_planted", rmse(test, row -> mean(test.user(row), test.item(row))));
        facts.put("rmse_planted_biases", rmse(test, row -> biases(test.user(row), test.item(row))));
        facts.put("rmse_train_mean", rmse(test, _ -> mean));
        return facts;
    }

    private static double rmse(Interactions test, IntToDoubleFunction prediction) {
        double squares = 0;
        for (int row = 0; row < test.size(); row++) {
            double error = clip(prediction.applyAsDouble(row)) - test.value(row);
            squares += error * error;
        }
        return Math.sqrt(squares / test.size());
    }
}
