package dev.latent.algorithms.sgd;

import dev.latent.math.CumulativeWeights;
import dev.latent.math.LaterCounts;
import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.SparseRows;
import java.util.Arrays;

/**
 * Lets users' vectors follow their latest interactions: from where training has brought it each goes on alone, the items at
 * rest, by steps for liked items that are drawn in proportion to {@code 2^(−later/halfLife)}, {@code later} being the number
 * of the user's liked interactions that came later. A user makes {@value #PASSES} times as many as these weights add up to, with
 * AdaGrad's sum started anew and the rate of the first epoch. Items have learnt from all interactions alike, and a user none
 * of whose interactions is later than another stays as trained.
 *
 * <p>The rows are left as they were, so a training goes on the same whether or not this was asked for. Nothing depends on
 * the number of threads.
 */
final class RecentUsers {

    /** Steps for each unit of weight; 10 brought less on a validation part of MovieLens. */
    static final int PASSES = 30;

    private static final long STREAM = 7L << 40;
    private static final int ROWS_PER_CHUNK = 64;

    private final SgdSettings settings;
    private final Factors factors;
    private final RankingObjective objective;
    private final long seed;
    private final Runnable cancellation;

    /** Prepares; {@code cancellation} is asked again and again, and throws to end the steps. */
    RecentUsers(SgdSettings settings, Factors factors, RankingObjective objective, long seed, Runnable cancellation) {
        this.settings = settings;
        this.factors = factors;
        this.objective = objective;
        this.seed = seed;
        this.cancellation = cancellation;
    }

    /** Writes the vectors, times {@code scale}, into a matrix whose rows are users by number. */
    void write(FloatMatrix target, float scale, WorkerPool pool) {
        RowTable users = factors.users();
        pool.run(Math.ceilDiv(users.rows(), ROWS_PER_CHUNK), (chunk, worker) -> {
            cancellation.run();
            int end = Math.min(users.rows(), (chunk + 1) * ROWS_PER_CHUNK);
            RowTable.Saved before = users.buffer();
            for (int row = chunk * ROWS_PER_CHUNK; row < end; row++) {
                before.save(row);
                follow(row);
                users.writeFactors(row, target, scale);
                before.restore(row);
            }
        });
    }

    private void follow(int row) {
        int user = factors.users().number(row);
        long[] positions = factors.positives().positions(user);
        if (positions.length < 2) {
            return;
        }
        SparseRows byUser = factors.positives().byUser();
        long[] times = Arrays.stream(positions).map(byUser::time).toArray();
        CumulativeWeights weights = new CumulativeWeights(LaterCounts.weights(times, settings.recencyHalfLife()));
        if (weights.sum() == positions.length) {
            return;
        }
        factors.users().startSquares(row, settings.initialSquares());
        SeededRandom random = SeededRandom.of(seed, STREAM + user);
        for (long step = (long) Math.ceil(PASSES * weights.sum()); step > 0; step--) {
            int liked = byUser.index(positions[weights.draw(random)]);
            objective.follow(row, liked, random, (float) settings.firstRate());
        }
    }
}
