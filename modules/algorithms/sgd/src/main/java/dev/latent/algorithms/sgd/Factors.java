package dev.latent.algorithms.sgd;

import dev.latent.math.WorkerPool;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SnapshotShape;
import dev.latent.spi.SparseRows;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingFailedException;
import java.lang.foreign.Arena;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * What a run learns: a row for each user and each item, and the unit of the ratings.
 *
 * @param users a row each
 * @param items a row each, of the same rank
 * @param scale the unit of ratings; {@link RatingScale#NONE} for rankings
 * @param positives what is learnt from
 * @param userFeatures learnt beside the users' rows
 * @param itemFeatures learnt beside the items' rows, their pairs behind them
 * @param itemPairs which pairs these are
 */
record Factors(
        RowTable users,
        RowTable items,
        RatingScale scale,
        Positives positives,
        Optional<FeatureVectors> userFeatures,
        Optional<FeatureVectors> itemFeatures,
        Optional<PairedFeatures> itemPairs) {

    private static final int ROWS_PER_CHUNK = 4096;

    /** Allocates rows of zeros. */
    static Factors allocate(
            Arena arena, SgdSettings settings, Snapshot snapshot, Positives positives, BlockSchedule schedule) {
        RatingScale scale = settings.loss() == Loss.SQUARED ? RatingScale.of(positives.byUser()) : RatingScale.NONE;
        Optional<SparseRows> ofUsers = snapshot.userFeatures().filter(_ -> settings.userFeatures() != Features.NONE);
        Optional<SparseRows> ofItems = snapshot.itemFeatures().filter(_ -> settings.itemFeatures() != Features.NONE);
        Optional<PairedFeatures> pairs = ofItems.filter(_ -> settings.featurePairs() > 0)
                .map(single -> PairedFeatures.of(single, positives::ofItem, settings.featurePairs(), arena));
        RowTable users = new RowTable(arena, schedule.userOrder(), settings.factors(), ofUsers.isPresent());
        RowTable items = new RowTable(arena, schedule.itemLayout(), settings.factors(), ofItems.isPresent());
        double exponent = settings.regularizationExponent();
        boolean ownUsers = settings.userFeatures() == Features.OWN;
        boolean ownItems = settings.itemFeatures() == Features.OWN;
        return new Factors(
                users,
                items,
                scale,
                positives,
                ofUsers.map(matrix -> new FeatureVectors(users, matrix, positives::ofUser, exponent, ownUsers)),
                pairs.map(PairedFeatures::matrix)
                        .or(() -> ofItems)
                        .map(matrix -> new FeatureVectors(items, matrix, positives::ofItem, exponent, ownItems)),
                pairs);
    }

    /** Lets the features follow their rows after an epoch. */
    void fitFeatures(WorkerPool pool) {
        userFeatures.ifPresent(features -> features.fit(pool));
        itemFeatures.ifPresent(features -> features.fit(pool));
    }

    /** Refuses a run that would not fit, before anything is allocated. */
    static void checkMemory(TrainingContext context, SgdSettings settings) {
        SnapshotShape shape = SnapshotShape.of(context.snapshot());
        long needed = RunEstimate.bytes(shape, settings).totalBytes();
        if (needed > context.memoryBudget()) {
            throw new TrainingFailedException("Training needs about " + needed / 1_000_000 + " MB for "
                    + ((long) shape.users() + shape.items()) + " rows of " + settings.factors()
                    + " factors and " + shape.interactions() + " interactions, the run may use "
                    + context.memoryBudget() / 1_000_000 + " MB; lower 'factors' or give the run more memory");
        }
    }

    /**
     * Half the regularization of all rows, each as often as it was met in an epoch.
     *
     * @return NaN when a number of a row has left the range of float32
     */
    double regularization(WorkerPool pool) {
        return regularization(users, positives::ofUser, pool) + regularization(items, positives::ofItem, pool);
    }

    private static double regularization(RowTable table, IntUnaryOperator counts, WorkerPool pool) {
        table.measureNorms(pool);
        double[] sums = new double[Math.ceilDiv(table.rows(), ROWS_PER_CHUNK)];
        pool.run(sums.length, (chunk, worker) -> {
            int start = chunk * ROWS_PER_CHUNK;
            int end = (int) Math.min(table.rows(), (long) start + ROWS_PER_CHUNK);
            double sum = 0;
            for (int row = start; row < end; row++) {
                sum += table.isFinite(row) ? 0.5 * counts.applyAsInt(table.number(row)) * table.pull(row) : Double.NaN;
            }
            sums[chunk] = sum;
        });
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return total;
    }
}
