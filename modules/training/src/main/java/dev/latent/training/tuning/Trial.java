package dev.latent.training.tuning;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One setting that was tried.
 *
 * @param number from 1; trial 1 has the defaults
 * @param set the hyperparameters that were given, by name
 * @param state how it ended
 * @param metric of the validation part after its last sweep; empty when it failed
 * @param seconds it took, measuring included
 * @param sweeps what each sweep came to
 * @param message why it failed or was ended; empty otherwise
 */
public record Trial(
        int number,
        Map<String, String> set,
        State state,
        OptionalDouble metric,
        double seconds,
        List<TrialSweep> sweeps,
        String message) {

    /** How a trial ended. */
    public enum State {
        /** After all its sweeps. */
        COMPLETE,
        /** Early, because others were better by then or time was up. */
        PRUNED,
        /** Without a model. */
        FAILED
    }

    /** Copies the collections, keeping their order. */
    public Trial {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        sweeps = List.copyOf(sweeps);
    }

    /** The metric after a sweep, empty when it did not come so far. */
    OptionalDouble metricAt(int sweep) {
        return sweeps.stream()
                .filter(candidate -> candidate.number() == sweep)
                .mapToDouble(TrialSweep::metric)
                .findFirst();
    }

    Trial withSweeps(List<TrialSweep> others) {
        return new Trial(number, set, state, metric, seconds, others, message);
    }
}
