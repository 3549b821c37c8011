package dev.latent.training.tunings;

import dev.latent.training.tuning.TuningEvent;
import java.util.Optional;

/**
 * Something that happened to a search; exactly one part is present.
 *
 * @param tuning the search after a change of state
 * @param event of its journal
 * @param logLine for a person
 */
public record TuningNews(Optional<Tuning> tuning, Optional<TuningEvent> event, Optional<String> logLine) {

    static TuningNews of(Tuning tuning) {
        return new TuningNews(Optional.of(tuning), Optional.empty(), Optional.empty());
    }

    static TuningNews of(TuningEvent event) {
        return new TuningNews(Optional.empty(), Optional.of(event), Optional.empty());
    }

    static TuningNews log(String line) {
        return new TuningNews(Optional.empty(), Optional.empty(), Optional.of(line));
    }
}
