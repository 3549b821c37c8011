package dev.latent.training.tuning;

import dev.latent.evaluation.SplitSnapshot;
import dev.latent.spi.Algorithm;
import dev.latent.spi.Snapshot;
import dev.latent.spi.TrainingCancelledException;
import dev.latent.storage.FileOperations;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Searches the hyperparameters of an algorithm: {@link ParzenProposals} says what to try, {@link SuccessiveHalving} when to
 * give a trial up, {@link TuningJournal} from where to go on. One trial after another, each with all threads, so that the
 * same data, request and algorithm give the same trials, interrupted or not, as long as no time limit ends them.
 */
public final class Tuner {

    private final Algorithm algorithm;
    private final TuningRequest request;
    private final TuningListener listener;
    private final FileOperations operations;

    /**
     * Prepares a search.
     *
     * @param algorithm to tune
     * @param request what to do
     * @param listener hears of it
     * @throws dev.latent.spi.InvalidHyperparametersException when a fixed value is refused
     * @throws IllegalArgumentException when the algorithm cannot be measured by the metric
     */
    public Tuner(Algorithm algorithm, TuningRequest request, TuningListener listener) {
        this(algorithm, request, listener, FileOperations.system());
    }

    Tuner(Algorithm algorithm, TuningRequest request, TuningListener listener, FileOperations operations) {
        this.algorithm = algorithm;
        this.request = request;
        this.listener = listener;
        this.operations = operations;
        SearchSpace.of(algorithm, request.fixed(), request.metric()); // refuses what is wrong on any data
    }

    /**
     * Searches, from where the journal ends.
     *
     * @param snapshot from which the validation part is cut
     * @param journal the file, created when absent
     * @return what came of it
     * @throws TuningFailedException when no trial gave a model
     * @throws OtherSearchException when the journal is of another search
     * @throws TrainingCancelledException when the listener says so
     * @throws IOException when the journal cannot be read or written
     */
    public TuningResult run(Snapshot snapshot, Path journal) throws IOException {
        SearchSpace space = SearchSpace.of(algorithm, request.fixed(), request.metric(), snapshot);
        Map<String, String> facts = facts(space, snapshot);
        TuningJournal events = TuningJournal.open(journal, facts, operations);
        try (Arena arena = Arena.ofShared()) {
            SplitSnapshot parts = request.split().apply(snapshot, request.seed(), arena);
            check(snapshot, parts);
            Trainer trainer = new Trainer(algorithm, request, space, parts, listener::isCancelled);
            search(events, space, trainer);
            Trial best = best(events.trials());
            if (events.finish().filter(run -> run.set().equals(best.set())).isEmpty()) {
                append(events, TuningEvent.finish(trainer.finish(best.set(), sweeps(best))));
            }
            return new TuningResult(
                    facts,
                    request.metric(),
                    events.trials(),
                    best,
                    events.finish().orElseThrow());
        } catch (JournalException e) {
            throw e.getCause();
        }
    }

    /** A best trial that time ended is trained as far as it came, another to its end. */
    private static int sweeps(Trial best) {
        return best.state() == Trial.State.PRUNED ? best.sweeps().getLast().number() : Integer.MAX_VALUE;
    }

    private Map<String, String> facts(SearchSpace space, Snapshot snapshot) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("data", snapshot.fingerprint());
        facts.put("algorithm", algorithm.name());
        facts.put("metric", request.metric().name());
        facts.put("validation", request.split().toString());
        facts.put("seed", Long.toString(request.seed()));
        facts.put("fixed", new TreeMap<>(space.given()).toString());
        facts.put("space", space.text());
        return facts;
    }

    private void check(Snapshot snapshot, SplitSnapshot parts) {
        if (parts.test().interactionCount() == 0 || parts.train().interactionCount() == 0) {
            throw new TuningFailedException("The data has " + snapshot.interactionCount() + " interactions of "
                    + snapshot.userCount() + " users: too few to cut a validation part by " + request.split()
                    + "; a user with at least two interactions is needed");
        }
    }

    private void search(TuningJournal events, SearchSpace space, Trainer trainer) {
        ParzenProposals proposals = new ParzenProposals(space, request.metric(), request.seed());
        Deadline deadline = Deadline.of(request.time(), events.trials());
        if (!events.trials().isEmpty()) {
            listener.log("Going on after " + events.trials().size() + " trials of the journal");
        }
        while (events.trials().size() < request.trials() && (events.trials().isEmpty() || !deadline.isOver())) {
            Optional<Map<String, String>> set = proposals.propose(events.trials());
            if (set.isEmpty()) {
                listener.log("Everything there is to try has been tried");
                return;
            }
            int number = events.trials().size() + 1;
            append(events, TuningEvent.begin(number, set.get()));
            Trial trial = trainer.make(number, set.get(), sweep -> isEnough(number, sweep, events, deadline));
            append(events, TuningEvent.end(trial));
        }
    }

    private boolean isEnough(int trial, TrialSweep sweep, TuningJournal events, Deadline deadline) {
        append(events, TuningEvent.sweep(sweep));
        return deadline.isOver()
                || new SuccessiveHalving(request.metric())
                        .isEnough(trial, sweep.number(), sweep.planned(), sweep.metric(), events.trials());
    }

    private void append(TuningJournal events, TuningEvent event) {
        try {
            events.append(event);
        } catch (IOException e) {
            throw new JournalException(e);
        }
        listener.event(event);
    }

    private Trial best(List<Trial> trials) {
        Comparator<Trial> order = Comparator.comparing((Trial trial) -> trial.state() != Trial.State.COMPLETE)
                .thenComparingDouble(
                        trial -> request.metric().cost(trial.metric().orElseThrow()))
                .thenComparingInt(Trial::number);
        return trials.stream()
                .filter(trial -> trial.metric().isPresent())
                .min(order)
                .orElseThrow(() -> new TuningFailedException("All " + trials.size() + " trials failed; the first: "
                        + trials.getFirst().message()));
    }
}
