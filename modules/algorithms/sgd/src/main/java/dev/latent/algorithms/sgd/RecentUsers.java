package dev.latent.algorithms.sgd;

import dev.latent.math.CumulativeWeights;
import dev.latent.math.LaterCounts;
import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import dev.latent.spi.FloatMatrix;
import dev.latent.spi.SparseRows;

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

    /** Steps for each unit of weight: 10 brought less, and 100 nothing more, on a validation part of MovieLens. */
    static final int PASSES = 30;

    private static final long STREAM = 7L << 40;
    private static final int ROWS_PER_CHUNK = 64;

    private final SgdSettings settings;
    private final Factors factors;
    private final RankingObjective objective;
    private final long seed;

    RecentUsers(SgdSettings settings, Factors factors, RankingObjective objective, long seed) {
        this.settings = settings;
        this.factors = factors;
        this.objective = objective;
        this.seed = seed;
    }

    /** Writes the vectors, times {@code scale}, into a matrix whose rows are users by number. */
    void write(FloatMatrix target, float scale, WorkerPool pool) {
        RowTable users = factors.users();
        pool.run(Math.ceilDiv(users.rows(), ROWS_PER_CHUNK), (chunk, worker) -> {
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
        int[] liked = liked(user);
        if (liked.length < 2) {
            return;
        }
        CumulativeWeights weights =
                new CumulativeWeights(LaterCounts.weights(times(user, liked.length), settings.recencyHalfLife()));
        if (weights.sum() == liked.length) {
            return;
        }
        factors.users().startSquares(row, settings.initialSquares());
        SeededRandom random = SeededRandom.of(seed, STREAM + user);
        for (long step = (long) Math.ceil(PASSES * weights.sum()); step > 0; step--) {
            objective.follow(row, liked[weights.draw(random)], random, (float) settings.firstRate());
        }
    }

    private int[] liked(int user) {
        SparseRows byUser = factors.positives().byUser();
        int[] liked = new int[factors.positives().ofUser(user)];
        int next = 0;
        for (long position = byUser.start(user); position < byUser.end(user); position++) {
            if (factors.positives().isPositive(position)) {
                liked[next++] = byUser.index(position);
            }
        }
        return liked;
    }

    private long[] times(int user, int count) {
        SparseRows byUser = factors.positives().byUser();
        long[] times = new long[count];
        int next = 0;
        for (long position = byUser.start(user); position < byUser.end(user); position++) {
            if (factors.positives().isPositive(position)) {
                times[next++] = byUser.time(position);
            }
        }
        return times;
    }
}
