package dev.latent.algorithms.wals;

import dev.latent.math.ParallelGramian;
import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.PreviousVersion;
import dev.latent.spi.Snapshot;
import dev.latent.spi.Sweep;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One run: its factors, and the sweeps over them. Driven by one thread. */
final class WalsTraining {

    private static final double[] NO_GRAMIAN = {};

    /** Passes of an inexact solver over the users by their recent interactions. */
    private static final int RECENT_PASSES = 4;

    private final TrainingContext context;
    private final WalsOptions options;
    private final Objective objective;
    private final WorkerPool pool;
    private final TrainingListener listener;
    private final Side users;
    private final Side items;
    private final Optional<Side> recentUsers;
    private final Optional<NormalizedGramian> normalizedGramian;
    private final float offset;
    private final double meanHistory;
    private final HalfSweep halfSweep;
    private final ParallelGramian gramians;
    private final Optional<PrincipalAxes> axes;
    private int swept;
    private double[] userGramian = NO_GRAMIAN;
    private double[] itemGramian = NO_GRAMIAN;

    WalsTraining(TrainingContext context, WalsOptions options, WorkerPool pool, TrainingListener listener) {
        this(context, options, RowLimits.DEFAULT, pool, listener);
    }

    WalsTraining(
            TrainingContext context,
            WalsOptions options,
            RowLimits limits,
            WorkerPool pool,
            TrainingListener listener) {
        this.context = context;
        this.options = options;
        this.objective = options.objective();
        this.pool = pool;
        this.listener = listener;
        Snapshot snapshot = context.snapshot();
        PairWeights weights = objective.pairWeights();
        LikedCounts histories = LikedCounts.of(snapshot.byUser(), objective.minimumValue());
        meanHistory = histories.mean();
        users = Side.allocate(
                context.arena(),
                snapshot.byUser(),
                weights.userExponent() == 0
                        ? Optional.empty()
                        : Optional.of(histories.weights(context.arena(), weights.userExponent())),
                options);
        items = items(snapshot, weights);
        normalizedGramian = weights.isNormalized()
                ? Optional.of(new NormalizedGramian(context.arena(), pool, items))
                : Optional.empty();
        recentUsers = weights.countsRecency() ? recentUsers(snapshot, weights) : Optional.empty();
        offset = objective.explicit() ? (float) Ratings.mean(pool, snapshot.byUser()) : 0f;
        int longest = Math.max(users.longest(), items.longest());
        halfSweep = new HalfSweep(pool, options, limits, longest, listener);
        gramians = new ParallelGramian(options.factors(), pool);
        axes = options.turns() ? Optional.of(new PrincipalAxes(pool, options.factors())) : Optional.empty();
    }

    private Side items(Snapshot snapshot, PairWeights weights) {
        double exponent = weights.itemWeightExponent();
        Side side = Side.allocate(
                context.arena(),
                snapshot.byItem(),
                exponent == 0
                        ? Optional.empty()
                        : Optional.of(LikedCounts.of(snapshot.byItem(), objective.minimumValue())
                                .weights(context.arena(), exponent)),
                options);
        return weights.isNormalized() ? side.normalized() : side;
    }

    private Optional<Side> recentUsers(Snapshot snapshot, PairWeights weights) {
        if (snapshot.byUser().times().byteSize() == 0) {
            listener.log("%s: no interaction has a time, so none is later than another"
                    .formatted(WalsOptions.RECENCY_HALF_LIFE));
            return Optional.empty();
        }
        return Optional.of(users.copy(
                context.arena(),
                RecencyWeights.of(
                        context.arena(),
                        snapshot.byUser(),
                        objective.minimumValue(),
                        weights.recencyHalfLife(),
                        pool)));
    }

    EmbeddingModel run() {
        start();
        for (int number = 1; number <= options.iterations(); number++) {
            Progress progress = new Progress(
                    listener,
                    number,
                    options.iterations(),
                    users.blocks().count() + items.blocks().count());
            LossSums itemSums = solveItems(number, progress);
            LossSums userSums = solveUsers(number, progress);
            if (listener.sweep(report(number, itemSums, userSums), this::model) == TrainingListener.Decision.STOP) {
                break;
            }
        }
        return model();
    }

    /** Leaves user vectors to start from: items are the first to be solved. */
    void start() {
        double deviation = options.initialDeviation() / Math.sqrt(options.factors());
        Optional<PreviousVersion> previous = context.previous().filter(this::isUsable);
        if (previous.isPresent()) {
            randomize(items, deviation, Long.MIN_VALUE);
            EmbeddingModel model = previous.get().model();
            Start.takeOver(model.items(), model.itemBiases(), previous.get().items(), items);
            Start.takeOver(model.users(), model.userBiases(), previous.get().users(), users);
            itemGramian = gramian(items);
            solveUsers(1, new Progress(listener, 1, options.iterations(), Integer.MAX_VALUE));
        } else {
            randomize(users, deviation, 0);
            userGramian = gramian(users);
        }
    }

    private void randomize(Side side, double deviation, long firstStream) {
        Start.randomize(pool, side.factors(), deviation, context.seed(), firstStream);
        if (objective.pairWeights().nonNegative()) {
            Start.removeSigns(side.factors());
        }
    }

    private boolean isUsable(PreviousVersion previous) {
        int rank = previous.model().rank();
        if (rank != options.factors()) {
            listener.log("Warm start left out: the earlier version has %d factors, this run %d"
                    .formatted(rank, options.factors()));
            return false;
        }
        return true;
    }

    LossSums solveItems(int sweep, Progress progress) {
        userGramian = turned(users, userGramian);
        LossSums sums = halfSweep.run(items, FixedSide.of(sweep, users, offset, objective, userGramian), progress);
        itemGramian = gramian(items);
        return sums;
    }

    LossSums solveUsers(int sweep, Progress progress) {
        itemGramian = turned(items, itemGramian);
        LossSums sums = halfSweep.run(users, FixedSide.of(sweep, items, offset, objective, itemGramian), progress);
        userGramian = gramian(users);
        swept = sweep;
        return sums;
    }

    /** Users by their recent interactions, from the vectors that the training goes on with. */
    private Side solveRecent(Side recent) {
        recent.copyFrom(users);
        FixedSide fixed = FixedSide.of(swept, items, offset, objective, itemGramian);
        int passes = options.solver().kind() == SolverChoice.Kind.CHOLESKY ? 1 : RECENT_PASSES;
        for (int pass = 0; pass < passes; pass++) {
            halfSweep.run(recent, fixed, new Progress(listener, swept, options.iterations(), 1));
        }
        return recent;
    }

    /** Turns the side that is to be held fixed into the axes of its Gramian, when the other side profits; returns that. */
    private double[] turned(Side side, double[] gramian) {
        return axes.isPresent() ? axes.get().turn(side.factors(), gramian) : gramian;
    }

    /** No unobserved pair counts with ratings: nothing to sum up. */
    private double[] gramian(Side side) {
        if (objective.unobservedWeight() == 0) {
            return NO_GRAMIAN;
        }
        int rank = options.factors();
        double[] gramian = new double[rank * rank];
        if (side.isNormalized()) {
            normalizedGramian.orElseThrow().compute(gramians, gramian);
        } else {
            gramians.compute(side.factors().segment(), side.size(), gramian);
        }
        return gramian;
    }

    /** Returns tr(UᵀU·VᵀV), which is Σ over all pairs of ⟨w_u, h_i⟩². */
    private double squaredScores() {
        double trace = 0;
        for (int i = 0; i < userGramian.length; i++) {
            trace += userGramian[i] * itemGramian[i];
        }
        return trace;
    }

    /** The users were solved last, so their errors and both penalties are the objective. */
    Sweep report(int number, LossSums itemSums, LossSums userSums) {
        double unobserved = objective.unobservedWeight() * squaredScores();
        boolean together = options.solver().kind() == SolverChoice.Kind.CHOLESKY;
        double observed = Math.max(0, together ? userSums.error() - unobserved : userSums.error());
        Map<String, Double> loss = new LinkedHashMap<>();
        loss.put("observed", observed);
        if (!objective.explicit()) {
            loss.put("unobserved", unobserved);
        }
        loss.put("regularization", itemSums.penalty() + userSums.penalty());
        Map<String, Double> metrics = objective.explicit() && userSums.weight() > 0
                ? Map.of("train_rmse", Math.sqrt(observed / userSums.weight()))
                : Map.of();
        return new Sweep(number, options.iterations(), loss, metrics);
    }

    EmbeddingModel model() {
        Side published = recentUsers.map(this::solveRecent).orElse(users);
        EmbeddingModel.Builder builder = EmbeddingModel.builder(published.factors(), items.factors())
                .offset(offset)
                .foldIn(objective.foldIn(meanHistory));
        published.biases().ifPresent(builder::userBiases);
        items.biases().ifPresent(builder::itemBiases);
        items.weights().ifPresent(builder::itemWeights);
        return builder.build();
    }
}
