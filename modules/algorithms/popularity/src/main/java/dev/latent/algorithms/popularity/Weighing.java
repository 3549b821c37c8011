package dev.latent.algorithms.popularity;

import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainingListener;

/**
 * How much one interaction adds to its item.
 *
 * @param byValue whether by its value, not by 1
 * @param minimumValue lower values are not counted
 * @param halfLifeSeconds 0 for no decay
 * @param oldest stands for a time that is not known
 * @param newest from which ages are counted
 */
record Weighing(boolean byValue, double minimumValue, double halfLifeSeconds, long oldest, long newest) {

    private static final double SECONDS_PER_DAY = 86_400;

    static Weighing of(Hyperparameters hyperparameters, Snapshot snapshot, TrainingListener listener) {
        double halfLife = hyperparameters.real(Popularity.HALF_LIFE_DAYS) * SECONDS_PER_DAY;
        long oldest = Long.MAX_VALUE;
        long newest = Long.MIN_VALUE;
        SparseRows rows = snapshot.byItem();
        if (halfLife > 0) {
            for (long position = 0; position < rows.count(); position++) {
                if ((position & 0xFFFFF) == 0) {
                    listener.checkCancelled();
                }
                long time = rows.time(position);
                oldest = time == 0 ? oldest : Math.min(oldest, time);
                newest = time == 0 ? newest : Math.max(newest, time);
            }
        }
        boolean known = newest >= oldest;
        return new Weighing(
                hyperparameters.choice(Popularity.WEIGHT).equals(Popularity.VALUE),
                hyperparameters.real(Popularity.MINIMUM_VALUE),
                known ? halfLife : 0,
                known ? oldest : 0,
                known ? newest : 0);
    }

    boolean counts(float value) {
        return value >= minimumValue;
    }

    double weight(float value, long time) {
        double weight = byValue ? value : 1;
        if (halfLifeSeconds == 0) {
            return weight;
        }
        double age = (double) newest - (time == 0 ? oldest : time);
        return weight * StrictMath.pow(2, -age / halfLifeSeconds);
    }
}
