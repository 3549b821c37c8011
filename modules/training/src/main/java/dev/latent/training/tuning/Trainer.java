package dev.latent.training.tuning;

import dev.latent.evaluation.HoldoutEvaluator;
import dev.latent.evaluation.HoldoutReport;
import dev.latent.evaluation.RelevanceRule;
import dev.latent.evaluation.SplitSnapshot;
import dev.latent.spi.Algorithm;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainedModel;
import dev.latent.spi.TrainingCancelledException;
import dev.latent.spi.TrainingContext;
import dev.latent.training.ModelCheck;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Trains one setting after another on the same part of the data and measures them on the other. */
final class Trainer {

    private final Algorithm algorithm;
    private final TuningRequest request;
    private final SplitSnapshot parts;
    private final HoldoutEvaluator evaluator;
    private final ModelCheck check;
    private final BooleanSupplier isCancelled;

    Trainer(
            Algorithm algorithm,
            TuningRequest request,
            SearchSpace space,
            SplitSnapshot parts,
            BooleanSupplier isCancelled) {
        this.algorithm = algorithm;
        this.request = request;
        this.parts = parts;
        this.isCancelled = isCancelled;
        Hyperparameters base = Hyperparameters.resolve(algorithm.hyperparameters(), space.base());
        evaluator = new HoldoutEvaluator(
                request.metric().task(),
                RelevanceRule.of(algorithm.hyperparameters(), base),
                request.metric().cutoffs(),
                request.threads());
        check = new ModelCheck("Algorithm " + algorithm, parts.train());
    }

    /** What a trial trains on. */
    private record Context(Snapshot snapshot, Hyperparameters hyperparameters, long seed, int threads, Arena arena)
            implements TrainingContext {}

    /**
     * Makes a trial.
     *
     * @param isEnough hears of each sweep and tells whether it was the last
     * @return as it ended; a failure of the algorithm is one of the trial
     * @throws TrainingCancelledException when the search is cancelled
     */
    Trial make(int number, Map<String, String> set, Predicate<TrialSweep> isEnough) {
        TrialListener listener = new TrialListener(this::measure, isEnough, isCancelled);
        try (Arena arena = Arena.ofShared()) {
            TrainedModel model = train(set, listener, arena);
            List<TrialSweep> sweeps = listener.sweeps();
            double value = sweeps.isEmpty() ? measure(model) : sweeps.getLast().metric();
            Trial.State state = listener.isStopped() ? Trial.State.PRUNED : Trial.State.COMPLETE;
            return new Trial(number, set, state, OptionalDouble.of(value), listener.seconds(), sweeps, "");
        } catch (TrainingCancelledException | JournalException e) {
            throw e;
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) { // the border of a plugin
            return failed(number, set, listener, e);
        }
    }

    private static Trial failed(int number, Map<String, String> set, TrialListener listener, Throwable thrown) {
        String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
        return new Trial(
                number,
                set,
                Trial.State.FAILED,
                OptionalDouble.empty(),
                listener.seconds(),
                listener.sweeps(),
                message);
    }

    /** Trains a setting to its last sweep and measures it in full, beside the baselines. */
    FinalRun finish(Map<String, String> set, int sweeps) {
        TrialListener listener = new TrialListener(this::measure, sweep -> sweep.number() == sweeps, isCancelled);
        try (Arena arena = Arena.ofShared()) {
            TrainedModel model = train(set, listener, arena);
            HoldoutReport report = evaluator.report(model, parts, request.split(), request.seed());
            return new FinalRun(
                    set,
                    report.protocol() + " of the data given, seed " + request.seed(),
                    report.users(),
                    report.metrics(),
                    report.baselines(),
                    listener.sweeps(),
                    listener.seconds());
        }
    }

    private TrainedModel train(Map<String, String> set, TrialListener listener, Arena arena) {
        Hyperparameters complete = Hyperparameters.resolve(algorithm.hyperparameters(), set);
        listener.checkCancelled();
        TrainedModel model = algorithm.train(
                new Context(parts.train(), complete, request.seed(), request.threads(), arena), listener);
        listener.checkCancelled();
        check.check(model);
        return model;
    }

    private double measure(TrainedModel model) {
        check.check(model);
        Map<String, Double> measured =
                evaluator.measure(model, parts.train(), parts.test()).metrics();
        Double value = measured.get(request.metric().name());
        if (value == null) {
            throw new IllegalArgumentException("Metric '" + request.metric().name()
                    + "' is not measured for this model; choose one of " + String.join(", ", measured.keySet()));
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("Metric '" + request.metric().name() + "' of the model is " + value);
        }
        return value;
    }
}
