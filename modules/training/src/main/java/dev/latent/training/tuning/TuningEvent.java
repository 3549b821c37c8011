package dev.latent.training.tuning;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a search's journal; exactly one part is present.
 *
 * @param search what the search is, by name: the first line
 * @param begin a trial that begins: its number and hyperparameters, without anything else
 * @param sweep what a sweep of the trial at work came to
 * @param end a trial as it ended, without its sweeps
 * @param finish what came of training with the best setting again
 */
public record TuningEvent(
        Optional<Map<String, String>> search,
        Optional<Start> begin,
        Optional<TrialSweep> sweep,
        Optional<Trial> end,
        Optional<FinalRun> finish) {

    /**
     * A trial that begins.
     *
     * @param number from 1
     * @param set its hyperparameters
     */
    public record Start(int number, Map<String, String> set) {}

    static TuningEvent search(Map<String, String> facts) {
        return new TuningEvent(
                Optional.of(facts), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static TuningEvent begin(int number, Map<String, String> set) {
        return new TuningEvent(
                Optional.empty(),
                Optional.of(new Start(number, set)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static TuningEvent sweep(TrialSweep sweep) {
        return new TuningEvent(
                Optional.empty(), Optional.empty(), Optional.of(sweep), Optional.empty(), Optional.empty());
    }

    static TuningEvent end(Trial trial) {
        return new TuningEvent(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(trial.withSweeps(List.of())),
                Optional.empty());
    }

    static TuningEvent finish(FinalRun run) {
        return new TuningEvent(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(run));
    }
}
