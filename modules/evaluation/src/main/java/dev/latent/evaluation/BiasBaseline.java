package dev.latent.evaluation;

import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;

/**
 * Predicts ratings without factors, by damped means: {@code μ + b_u + b_i} with {@code b_i = Σ(r − μ)/(n_i + 25)} and {@code
 * b_u = Σ(r − μ − b_i)/(n_u + 10)} (Koren, "Factor in the neighbors", TKDD 2010, section 2.1), or by the item's mean alone.
 * What a rating model has to beat. Immutable and thread-safe.
 */
public final class BiasBaseline implements RatingPredictor {

    private static final double ITEM_DAMPING = 25;
    private static final double USER_DAMPING = 10;

    private final double mean;
    private final double[] itemBiases;
    private final double[] userBiases;

    private BiasBaseline(double mean, double[] itemBiases, double[] userBiases) {
        this.mean = mean;
        this.itemBiases = itemBiases;
        this.userBiases = userBiases;
    }

    /**
     * Predicts the item's training mean; for an item without ratings the mean of all.
     *
     * @param train where to average
     * @return a predictor
     */
    public static BiasBaseline itemMean(Snapshot train) {
        double mean = mean(train.byItem());
        return new BiasBaseline(mean, itemBiases(train, mean, 0), new double[train.userCount()]);
    }

    /**
     * Predicts by the damped biases of user and item.
     *
     * @param train where to average
     * @return a predictor
     */
    public static BiasBaseline of(Snapshot train) {
        double mean = mean(train.byItem());
        double[] itemBiases = itemBiases(train, mean, ITEM_DAMPING);
        double[] userBiases = new double[train.userCount()];
        SparseRows rows = train.byUser();
        for (int user = 0; user < userBiases.length; user++) {
            double sum = 0;
            for (long position = rows.start(user); position < rows.end(user); position++) {
                sum += rows.value(position) - mean - itemBiases[rows.index(position)];
            }
            userBiases[user] = sum / (rows.length(user) + USER_DAMPING);
        }
        return new BiasBaseline(mean, itemBiases, userBiases);
    }

    private static double mean(SparseRows rows) {
        double sum = 0;
        for (long position = 0; position < rows.count(); position++) {
            sum += rows.value(position);
        }
        return rows.count() == 0 ? 0 : sum / rows.count();
    }

    private static double[] itemBiases(Snapshot train, double mean, double damping) {
        SparseRows rows = train.byItem();
        double[] biases = new double[rows.rows()];
        for (int item = 0; item < biases.length; item++) {
            double sum = 0;
            for (long position = rows.start(item); position < rows.end(item); position++) {
                sum += rows.value(position) - mean;
            }
            biases[item] = rows.length(item) == 0 ? 0 : sum / (rows.length(item) + damping);
        }
        return biases;
    }

    @Override
    public double predict(int user, int item) {
        return mean + userBiases[user] + itemBiases[item];
    }
}
