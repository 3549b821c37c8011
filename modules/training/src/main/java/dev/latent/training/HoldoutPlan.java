package dev.latent.training;

import dev.latent.evaluation.Split;
import dev.latent.evaluation.SplitSnapshot;
import dev.latent.spi.Snapshot;
import dev.latent.spi.SparseRows;
import dev.latent.spi.Task;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * Which interactions a run learns from first, watches and measures with.
 *
 * @param split how the holdout was cut; empty when nothing is held out
 * @param train what is not in {@code test}, the validation part included: what a user is known to have seen when the
 *     model is measured
 * @param fit what the measured model learns from: {@code train} less the validation part
 * @param validation what early stopping watches
 * @param test what to measure with
 */
record HoldoutPlan(
        Optional<Split> split, Snapshot train, Snapshot fit, Optional<Snapshot> validation, Optional<Snapshot> test) {

    private static final double DEFAULT_FRACTION = 0.1;
    private static final long VALIDATION_SEED = 0x76616c6964L;

    /** Cuts a snapshot as a run asks for, or not at all when nothing would be left on either side. */
    static HoldoutPlan make(RunTask task, Task kind, Snapshot snapshot, Arena arena) {
        if (task.split().equals(TrainingSpec.NO_SPLIT)) {
            return withoutTest(task, kind, snapshot, arena);
        }
        Split split = task.split().equals(TrainingSpec.AUTO_SPLIT) ? choose(kind, snapshot) : Split.parse(task.split());
        SplitSnapshot parts = split.apply(snapshot, task.seed(), arena);
        if (isUseless(parts)) {
            return withoutTest(task, kind, snapshot, arena);
        }
        Optional<SplitSnapshot> watched = cutValidation(task, split, parts.train(), arena);
        return new HoldoutPlan(
                Optional.of(split),
                parts.train(),
                watched.map(SplitSnapshot::train).orElse(parts.train()),
                watched.map(SplitSnapshot::test),
                Optional.of(parts.test()));
    }

    private static HoldoutPlan withoutTest(RunTask task, Task kind, Snapshot snapshot, Arena arena) {
        Optional<SplitSnapshot> watched = cutValidation(task, choose(kind, snapshot), snapshot, arena);
        return new HoldoutPlan(
                Optional.empty(),
                snapshot,
                watched.map(SplitSnapshot::train).orElse(snapshot),
                watched.map(SplitSnapshot::test),
                Optional.empty());
    }

    private static Optional<SplitSnapshot> cutValidation(RunTask task, Split split, Snapshot train, Arena arena) {
        if (task.earlyStopping().isEmpty()) {
            return Optional.empty();
        }
        SplitSnapshot parts = split.apply(train, task.seed() ^ VALIDATION_SEED, arena);
        return isUseless(parts) ? Optional.empty() : Optional.of(parts);
    }

    private static boolean isUseless(SplitSnapshot parts) {
        return parts.test().interactionCount() == 0 || parts.train().interactionCount() == 0;
    }

    private static Split choose(Task kind, Snapshot snapshot) {
        return kind == Task.RANKING && hasTimes(snapshot.byUser())
                ? new Split.LeaveLastOut()
                : new Split.Random(DEFAULT_FRACTION);
    }

    private static boolean hasTimes(SparseRows rows) {
        if (rows.times().byteSize() == 0) {
            return false;
        }
        for (long position = 0; position < rows.count(); position++) {
            if (rows.time(position) != 0) {
                return true;
            }
        }
        return false;
    }
}
