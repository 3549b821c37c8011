package dev.latent.algorithms.sgd;

import dev.latent.math.SeededRandom;
import dev.latent.math.WorkerPool;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.Sweep;
import dev.latent.spi.TrainingContext;
import dev.latent.spi.TrainingFailedException;
import dev.latent.spi.TrainingListener;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** One run: its state, its epochs, and the model in the end. For one thread, which is one of the workers. */
final class Training implements AutoCloseable {

    private static final long BLOCK_STREAM = 4L << 40;

    /** Of the mean loss of a step: ten times what an untrained model has. */
    private static final double LARGEST_LOSS = 7;

    private final TrainingContext context;
    private final TrainingListener listener;
    private final SgdSettings settings;
    private final Arena arena;
    private final WorkerPool pool;
    private final Positives positives;
    private final Factors factors;
    private final ModelExport export;
    private final BlockSchedule schedule;
    private final NegativeSampler sampler;
    private final Objective objective;
    private final Optional<RecentUsers> recentUsers;
    private final Tally[] tallies;

    @SuppressWarnings("MustBeClosedChecker") // closed with this run
    Training(TrainingContext context, TrainingListener listener) {
        this.context = context;
        this.listener = listener;
        SgdSettings given = SgdSettings.ofRun(context.hyperparameters());
        Factors.checkMemory(context, given);
        arena = Arena.ofShared();
        pool = new WorkerPool(context.threads());
        positives = new Positives(context.snapshot().byUser(), given.minimumValue());
        settings = given.on(positives);
        BlockSchedule.Kind kind =
                settings.loss() == Loss.SQUARED ? BlockSchedule.Kind.FIXED : BlockSchedule.Kind.REDEALT;
        int bins = BlockSchedule.binsFor(positives, kind, RowTable.factorBytes(settings.factors()));
        schedule = new BlockSchedule(positives, context.seed(), kind, bins);
        factors = Factors.allocate(arena, settings, context.snapshot(), positives, schedule);
        new Initialization(context, settings, factors).fill(pool);
        export = new ModelExport(context.arena(), settings, factors);
        sampler = new NegativeSampler(positives, schedule, settings.negativeExponent());
        objective = objective();
        recentUsers = recentUsers();
        tallies =
                IntStream.range(0, schedule.bins()).mapToObj(bin -> new Tally()).toArray(Tally[]::new);
        listener.log("sgd: " + positives.count() + " interactions to learn from in " + schedule.bins() + " x "
                + schedule.bins() + " blocks, regularization " + (float) settings.regularization() + ", "
                + context.threads() + " threads, " + RowKernels.name() + " kernels");
        if (settings.pairsNothing()) {
            listener.log(
                    "sgd: 'feature_pairs' is above 0, but 'features' is none, so no pairs are learnt; set 'features'"
                            + " to own");
        }
        tellWithout("features", settings.itemFeatures(), factors.itemFeatures(), "items");
        tellWithout("user_features", settings.userFeatures(), factors.userFeatures(), "users");
    }

    private void tellWithout(String setting, Features asked, Optional<FeatureVectors> learnt, String whose) {
        if (asked != Features.NONE && learnt.isEmpty()) {
            listener.log("sgd: '" + setting + "' is " + asked.word() + ", but no features of " + whose
                    + " with interactions are known, so none are learnt; import their records and train again");
        }
    }

    private Objective objective() {
        HardestNegative hardest = new HardestNegative(
                factors.users(), factors.items(), sampler, settings.candidates(schedule.itemOrder().length));
        return switch (settings.loss()) {
            case SQUARED -> new SquaredObjective(factors.users(), factors.items(), factors.scale());
            case LOGISTIC -> new LogisticObjective(hardest, settings.negatives());
            case BPR -> new BprObjective(hardest, settings.negatives());
            case WARP ->
                new WarpObjective(
                        factors.users(), factors.items(), sampler, settings.negatives(), schedule.itemOrder().length);
        };
    }

    private Optional<RecentUsers> recentUsers() {
        if (settings.recencyHalfLife() == 0 || !(objective instanceof RankingObjective ranking)) {
            return Optional.empty();
        }
        if (positives.byUser().times().byteSize() == 0) {
            listener.log("sgd: '" + SgdSettings.RECENCY_HALF_LIFE
                    + "': no interaction has a time, so none is later than another");
            return Optional.empty();
        }
        return Optional.of(new RecentUsers(settings, factors, ranking, context.seed(), listener::checkCancelled));
    }

    EmbeddingModel run() {
        for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
            runEpoch(epoch);
            Sweep sweep = new Sweep(epoch, settings.epochs(), loss(epoch), metrics());
            if (listener.sweep(sweep, this::model) == TrainingListener.Decision.STOP) {
                break;
            }
        }
        return model();
    }

    private EmbeddingModel model() {
        return recentUsers.isPresent() ? export.current(recentUsers.get(), pool) : export.current();
    }

    private void runEpoch(int epoch) {
        listener.checkCancelled();
        schedule.deal(epoch, pool);
        sampler.prepare();
        for (Tally tally : tallies) {
            tally.reset();
        }
        int bins = schedule.bins();
        float rate = settings.rate(epoch);
        for (int turn = 0; turn < bins; turn++) {
            int stage = turn;
            pool.run(bins, (bin, worker) -> runBlock(epoch, stage, bin, rate));
            listener.progress(epoch, settings.epochs(), (turn + 1.0) / bins);
        }
        factors.fitFeatures(pool);
    }

    private void runBlock(int epoch, int stage, int bin, float rate) {
        listener.checkCancelled();
        long bins = schedule.bins();
        SeededRandom random = SeededRandom.of(context.seed(), BLOCK_STREAM + (epoch * bins + stage) * bins + bin);
        objective.descend(schedule.userBin(bin), schedule.itemBin(bin, stage), random, rate, tallies[bin]);
    }

    private Map<String, Double> loss(int epoch) {
        double unit = (double) factors.scale().deviation() * factors.scale().deviation();
        double regularization = factors.regularization(pool);
        double observed = sum(Tally::observed);
        double drawn = sum(Tally::drawn);
        checkConverging(epoch, observed + drawn, regularization);
        Map<String, Double> loss = new LinkedHashMap<>();
        loss.put("observed", observed * unit);
        if (settings.loss() == Loss.LOGISTIC) {
            loss.put("unobserved", drawn);
        }
        loss.put("regularization", regularization * unit);
        return loss;
    }

    /** Steps that overshoot may stay finite, since AdaGrad shortens them; what is learnt then is worthless all the same. */
    private void checkConverging(int epoch, double loss, double regularization) {
        if (!Double.isFinite(loss + regularization)) {
            throw TrainingFailedException.diverged(epoch, SgdSettings.LEARNING_RATE, settings.learningRate(), "lower");
        }
        long steps = positives.count() * (settings.loss() == Loss.SQUARED ? 1 : 1 + settings.negatives());
        if (loss > LARGEST_LOSS * steps) {
            throw new TrainingFailedException("Training diverged in sweep " + epoch + ": the mean loss of a step is "
                    + loss / steps + ", that of an untrained model below 1; lower '" + SgdSettings.LEARNING_RATE
                    + "' (it was " + settings.learningRate() + ")");
        }
    }

    private double sum(ToDoubleFunction<Tally> part) {
        return Arrays.stream(tallies).mapToDouble(part).sum();
    }

    private Map<String, Double> metrics() {
        long count = context.snapshot().interactionCount();
        if (settings.loss() != Loss.SQUARED || count == 0) {
            return Map.of();
        }
        return Map.of("train_rmse", factors.scale().deviation() * Math.sqrt(2 * sum(Tally::observed) / count));
    }

    @Override
    public void close() {
        pool.close();
        arena.close();
    }
}
