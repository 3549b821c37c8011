package dev.latent.algorithms.sgd;

import dev.latent.spi.SparseRows;

/**
 * The unit in which ratings are learnt: {@code (value − mean) / deviation}, so that a learning rate and a regularization
 * mean the same for stars and for percents.
 *
 * @param mean of the ratings; 0 without any
 * @param deviation their standard deviation; 1 when they are all equal
 */
record RatingScale(float mean, float deviation) {

    /** Of a mean of 1; less is rounding. */
    private static final double SMALLEST = 1e-6;

    /** Of values that are taken as they are. */
    static final RatingScale NONE = new RatingScale(0, 1);

    /** Of all entries, by two passes in float64. */
    static RatingScale of(SparseRows ratings) {
        long count = ratings.count();
        if (count == 0) {
            return NONE;
        }
        double sum = 0;
        for (long position = 0; position < count; position++) {
            sum += ratings.value(position);
        }
        double mean = sum / count;
        double squares = 0;
        for (long position = 0; position < count; position++) {
            double difference = ratings.value(position) - mean;
            squares += difference * difference;
        }
        float deviation = (float) Math.sqrt(squares / count);
        return new RatingScale((float) mean, deviation > SMALLEST * Math.abs(mean) ? deviation : 1);
    }
}
