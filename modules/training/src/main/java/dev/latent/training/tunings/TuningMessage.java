package dev.latent.training.tunings;

import dev.latent.training.tuning.TuningEvent;
import java.util.Map;
import java.util.Optional;

/**
 * What the process of a search tells its parent, one JSON object a line; exactly one part is present.
 *
 * @param event that is in the journal
 * @param logLine for a person
 * @param best the setting that was found: the search has ended
 * @param failure why it could not search
 */
record TuningMessage(
        Optional<TuningEvent> event,
        Optional<String> logLine,
        Optional<Map<String, String>> best,
        Optional<String> failure) {

    static TuningMessage of(TuningEvent event) {
        return new TuningMessage(Optional.of(event), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static TuningMessage log(String line) {
        return new TuningMessage(Optional.empty(), Optional.of(line), Optional.empty(), Optional.empty());
    }

    static TuningMessage best(Map<String, String> set) {
        return new TuningMessage(Optional.empty(), Optional.empty(), Optional.of(set), Optional.empty());
    }

    static TuningMessage failed(String message) {
        return new TuningMessage(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(message));
    }
}
