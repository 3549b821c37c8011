package dev.latent.training.tuning;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Ends trials early by asynchronous successive halving [1], the sweep being the resource: at the rungs, a ninth and a third
 * of the planned sweeps, a trial goes on when it is in the best third of all that came there before it. As in Hyperband [2]
 * not all trials are judged so early: the first ones and every third one only at the second rung. The very first is never ended.
 * Immutable.
 *
 * <ol>
 *   <li>L. Li et al.: A System for Massively Parallel Hyperparameter Tuning. MLSys 2020.
 *   <li>L. Li et al.: Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization. JMLR 18, 2018.
 * </ol>
 */
final class SuccessiveHalving {

    private static final int REDUCTION = 3;
    private static final int RUNGS = 2;

    /** What these come to is what the others are proposed from. */
    private static final int FIRST_TRIALS = ParzenProposals.FIRST_TRIALS;

    private final TuningMetric metric;

    SuccessiveHalving(TuningMetric metric) {
        this.metric = metric;
    }

    /** Tells whether a trial has seen enough after a sweep. */
    boolean isEnough(int trial, int sweep, int planned, double value, List<Trial> earlier) {
        if (trial == 1 || sweep >= planned || !isJudged(trial, sweep, planned)) {
            return false;
        }
        double[] others = earlier.stream()
                .flatMapToDouble(other -> other.metricAt(sweep).stream())
                .map(metric::cost)
                .toArray();
        if (others.length < REDUCTION) {
            return false;
        }
        int kept = Math.ceilDiv(others.length + 1, REDUCTION);
        long better = IntStream.range(0, others.length)
                .filter(index -> others[index] < metric.cost(value))
                .count();
        return better >= kept;
    }

    private static boolean isJudged(int trial, int sweep, int planned) {
        return isRung(sweep, planned, trial <= FIRST_TRIALS || trial % REDUCTION == 0 ? 1 : RUNGS);
    }

    /** Tells whether some trial is judged after a sweep. */
    static boolean isRung(int sweep, int planned) {
        return isRung(sweep, planned, RUNGS);
    }

    /** Whether a sweep is one of the last {@code count} rungs. */
    private static boolean isRung(int sweep, int planned, int count) {
        double rung = planned;
        for (int index = 0; index < count; index++) {
            rung /= REDUCTION;
            if (sweep == (int) Math.ceil(rung)) {
                return true;
            }
        }
        return false;
    }
}
