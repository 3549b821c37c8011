package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.PreviousVersion;
import dev.latent.spi.TrainingContext;
import java.util.function.IntUnaryOperator;

/** Fills the rows before the first epoch: by seeded Gaussians, or from an earlier version of the same kind and rank. */
final class Initialization {

    private static final long USER_STREAM = 5L << 40;
    private static final long ITEM_STREAM = 6L << 40;

    /** One step takes at most this share of a row away, so that strong regularization of rare rows cannot overshoot. */
    private static final double LARGEST_DECAY = 0.5;

    private final TrainingContext context;
    private final SgdSettings settings;
    private final Factors factors;

    Initialization(TrainingContext context, SgdSettings settings, Factors factors) {
        this.context = context;
        this.settings = settings;
        this.factors = factors;
    }

    void fill(WorkerPool pool) {
        fill(factors.users(), factors.positives()::ofUser, USER_STREAM);
        fill(factors.items(), factors.positives()::ofItem, ITEM_STREAM);
        context.previous().filter(this::fits).ifPresent(this::copy);
        factors.users().measureNorms(pool);
        factors.items().measureNorms(pool);
    }

    private void fill(RowTable table, IntUnaryOperator counts, long stream) {
        double deviation = settings.initialDeviation() / Math.sqrt(settings.factors());
        double mean = meanCount(table.rows(), counts);
        double largest = LARGEST_DECAY * Math.sqrt(settings.initialSquares()) / settings.firstRate();
        SeededRandom random = SeededRandom.of(context.seed(), stream);
        for (int row = 0; row < table.rows(); row++) {
            int count = counts.applyAsInt(table.number(row));
            double frequency = Math.pow(Math.max(1, count) / mean, settings.regularizationExponent() - 1);
            table.startSquares(row, settings.initialSquares());
            table.set(row, RowTable.DECAY, (float) Math.min(largest, settings.factorDecay() * frequency));
            table.set(row, RowTable.BIAS_DECAY, (float) Math.min(largest, settings.biasDecay() * frequency));
            if (count > 0) {
                random.reseed(context.seed(), stream + table.number(row));
                for (int factor = 0; factor < table.rank(); factor++) {
                    table.setFactor(row, factor, (float) (deviation * random.nextGaussian()));
                }
            }
        }
    }

    /** The mean number of interactions of the rows that have any; 1 when none has. */
    static double meanCount(int rows, IntUnaryOperator counts) {
        long sum = 0;
        long used = 0;
        for (int row = 0; row < rows; row++) {
            int count = counts.applyAsInt(row);
            sum += count;
            used += count > 0 ? 1 : 0;
        }
        return used == 0 ? 1 : (double) sum / used;
    }

    private boolean fits(PreviousVersion previous) {
        EmbeddingModel model = previous.model();
        return model.rank() == settings.factors()
                && model.userBiases().isPresent() == (settings.loss() == Loss.SQUARED);
    }

    private void copy(PreviousVersion previous) {
        EmbeddingModel model = previous.model();
        ModelScale scale = ModelScale.of(settings, factors.scale());
        copy(model.users(), previous.users(), factors.users(), scale.users());
        copy(model.items(), previous.items(), factors.items(), scale.items());
        float shift = model.offset() - factors.scale().mean();
        model.userBiases().ifPresent(biases -> copyBiases(biases, previous.users(), factors.users(), shift));
        model.itemBiases().ifPresent(biases -> copyBiases(biases, previous.items(), factors.items(), 0));
    }

    private static void copy(FloatMatrix source, int[] rows, RowTable target, float scale) {
        for (int row = 0; row < target.rows(); row++) {
            int old = rows[target.number(row)];
            for (int factor = 0; old >= 0 && factor < target.rank(); factor++) {
                target.setFactor(row, factor, source.get(old, factor) / scale);
            }
        }
    }

    private void copyBiases(FloatMatrix source, int[] rows, RowTable target, float shift) {
        for (int row = 0; row < target.rows(); row++) {
            int old = rows[target.number(row)];
            if (old >= 0) {
                target.set(
                        row,
                        RowTable.BIAS,
                        (source.get(old, 0) + shift) / factors.scale().deviation());
            }
        }
    }
}
