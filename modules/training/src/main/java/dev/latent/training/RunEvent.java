package dev.latent.training;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a run; exactly one of the three is present.
 *
 * @param number from 1, without gaps
 * @param time when
 * @param run the run as it is now: on each change of state
 * @param progress how far it is
 * @param logLine a line of its log
 */
public record RunEvent(
        long number, Instant time, Optional<Run> run, Optional<RunProgress> progress, Optional<String> logLine) {

    static RunEvent of(long number, Instant time, Run run) {
        return new RunEvent(number, time, Optional.of(run), Optional.empty(), Optional.empty());
    }

    static RunEvent of(long number, Instant time, RunProgress progress) {
        return new RunEvent(number, time, Optional.empty(), Optional.of(progress), Optional.empty());
    }

    static RunEvent of(long number, Instant time, String logLine) {
        return new RunEvent(number, time, Optional.empty(), Optional.empty(), Optional.of(logLine));
    }
}
