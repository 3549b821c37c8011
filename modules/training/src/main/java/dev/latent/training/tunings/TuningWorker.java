package dev.latent.training.tunings;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latent.training.ChildCommand;
import dev.latent.training.ChildDeath;
import dev.latent.training.ChildLines;
import dev.latent.training.RunJson;
import dev.latent.training.TrainingOptions;
import dev.latent.training.tuning.TuningEvent;
import dev.latent.training.tuning.TuningJournal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a search in processes of their own, one after another: when one dies during a trial, that trial has failed and the
 * next process goes on from the journal. For one use.
 */
final class TuningWorker {

    private final TrackedTuning tracked;
    private final TrainingOptions.ChildProcess settings;
    private final ChildLines child = new ChildLines(this::accept);
    private volatile @Nullable Map<String, String> best;
    private volatile @Nullable String failure;

    TuningWorker(TrackedTuning tracked, TrainingOptions.ChildProcess settings) {
        this.tracked = tracked;
        this.settings = settings;
    }

    /** Returns the best setting. */
    Map<String, String> search() throws IOException, InterruptedException {
        while (true) {
            Optional<Integer> status = child.run(command(), Optional.empty());
            Map<String, String> found = best;
            String told = failure;
            if (found != null) {
                return found;
            }
            if (told != null || status.isEmpty() || child.isStopped()) {
                throw new IllegalStateException(told == null ? "Cancelled" : told);
            }
            failTrial(ChildDeath.describe(
                    status.get(), settings.heapBytes(), tracked.files().crashLog(), child.lastWords()));
        }
    }

    private ProcessBuilder command() {
        List<String> main = List.of(
                TuningProcess.class.getName(), tracked.files().directory().toString());
        return ChildCommand.of(
                settings,
                settings.heapBytes(),
                tracked.tuning().spec().goal().threads(),
                tracked.files().crashLog(),
                main);
    }

    private void failTrial(String message) throws IOException {
        Optional<TuningEvent> failed =
                TuningJournal.failUnfinished(tracked.files().journal(), message);
        if (failed.isEmpty()) {
            throw new IllegalStateException(message);
        }
        tracked.add(TuningNews.of(failed.get()));
    }

    private void accept(String line) {
        try {
            TuningMessage message = RunJson.parse(line, TuningMessage.class);
            message.event().ifPresent(event -> tracked.add(TuningNews.of(event)));
            message.logLine().ifPresent(text -> tracked.add(TuningNews.log(text)));
            message.best().ifPresent(set -> best = set);
            message.failure().ifPresent(text -> failure = text);
        } catch (JsonProcessingException e) {
            child.keep(line); // written past System.out by native code
        }
    }

    void stop() {
        child.stop();
    }
}
