package dev.latent.training;

import java.util.Optional;

/**
 * What the process of a run tells its parent, one JSON object a line; exactly one part is present. To {@code
 * needsDestination} the parent answers with one line, a {@link Destination}.
 *
 * @param progress how far it is
 * @param logLine for the log
 * @param needsDestination that it is ready to write the version
 * @param result that it has done its work
 * @param failure that it has failed, and why
 */
record WorkMessage(
        Optional<RunProgress> progress,
        Optional<String> logLine,
        boolean needsDestination,
        Optional<WorkResult> result,
        Optional<String> failure) {

    static WorkMessage of(RunProgress progress) {
        return new WorkMessage(Optional.of(progress), Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    static WorkMessage log(String line) {
        return new WorkMessage(Optional.empty(), Optional.of(line), false, Optional.empty(), Optional.empty());
    }

    static WorkMessage needDestination() {
        return new WorkMessage(Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.empty());
    }

    static WorkMessage of(WorkResult result) {
        return new WorkMessage(Optional.empty(), Optional.empty(), false, Optional.of(result), Optional.empty());
    }

    static WorkMessage failed(String message) {
        return new WorkMessage(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.of(message));
    }
}
