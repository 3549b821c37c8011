package dev.latent.training.tuning;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latent.storage.CorruptFileException;
import dev.latent.storage.DurableFile;
import dev.latent.storage.FileOperations;
import dev.latent.training.RunJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The file from which a killed search goes on: one {@link TuningEvent} a line, each on the disk before the search goes on. A
 * torn last line is cut off; a trial that began and did not end is made again. For one thread of one process.
 */
public final class TuningJournal {

    private final Path file;
    private final FileOperations operations;
    private final List<Trial> trials = new ArrayList<>();
    private final List<TrialSweep> sweeps = new ArrayList<>();
    private Optional<TuningEvent.Start> unfinished = Optional.empty();
    private Optional<FinalRun> finish = Optional.empty();

    private TuningJournal(Path file, FileOperations operations) {
        this.file = file;
        this.operations = operations;
    }

    /**
     * Opens the journal of a search, or begins it.
     *
     * @param facts what the search is, by name
     * @throws OtherSearchException when the file is the journal of a search that differs in one of them
     */
    static TuningJournal open(Path file, Map<String, String> facts, FileOperations operations) throws IOException {
        TuningJournal journal = new TuningJournal(file.toAbsolutePath(), operations);
        List<TuningEvent> events = journal.read();
        if (events.isEmpty()) {
            journal.append(TuningEvent.search(facts));
            operations.forceDirectory(Objects.requireNonNull(journal.file.getParent()));
        } else {
            journal.check(events.getFirst(), facts);
            events.forEach(journal::replay);
        }
        return journal;
    }

    /**
     * Reads a journal as it is.
     *
     * @param file may be absent
     * @return its events, without a torn last line
     * @throws IOException when it cannot be read
     */
    public static List<TuningEvent> read(Path file) throws IOException {
        return new TuningJournal(file.toAbsolutePath(), FileOperations.system()).read();
    }

    /**
     * Ends the trial that began and has not ended, because the process that made it has died.
     *
     * @param file of the search; no process works on it
     * @param message why the trial failed
     * @return the event that was added; empty when no trial was at work
     * @throws IOException when it cannot be read or written
     */
    public static Optional<TuningEvent> failUnfinished(Path file, String message) throws IOException {
        TuningJournal journal = new TuningJournal(file.toAbsolutePath(), FileOperations.system());
        journal.read().forEach(journal::replay);
        if (journal.unfinished.isEmpty()) {
            return Optional.empty();
        }
        TuningEvent.Start start = journal.unfinished.get();
        double seconds = journal.sweeps.isEmpty() ? 0 : journal.sweeps.getLast().seconds();
        TuningEvent event = TuningEvent.end(new Trial(
                start.number(), start.set(), Trial.State.FAILED, OptionalDouble.empty(), seconds, List.of(), message));
        journal.append(event);
        return Optional.of(event);
    }

    private List<TuningEvent> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            operations.truncate(file, end);
        }
        List<TuningEvent> events = new ArrayList<>();
        for (String line :
                new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
            events.add(parse(line, events.size() + 1));
        }
        return events;
    }

    private TuningEvent parse(String line, int number) throws CorruptFileException {
        try {
            return RunJson.parse(line, TuningEvent.class);
        } catch (JsonProcessingException e) {
            throw new CorruptFileException(file, "line " + number, "'" + line + "'", "an event of a search");
        }
    }

    private void check(TuningEvent first, Map<String, String> facts) throws CorruptFileException {
        Map<String, String> found = first.search()
                .orElseThrow(() -> new CorruptFileException(file, "line 1", "another event", "what the search is"));
        List<String> differences = new ArrayList<>();
        facts.forEach((name, value) -> {
            String other = found.getOrDefault(name, "");
            if (!other.equals(value)) {
                differences.add(name + " was '" + other + "' and is '" + value + "'");
            }
        });
        if (!differences.isEmpty()) {
            throw new OtherSearchException(file, differences);
        }
    }

    private void replay(TuningEvent event) {
        event.begin().ifPresent(start -> {
            unfinished = Optional.of(start);
            sweeps.clear();
        });
        event.sweep().ifPresent(sweeps::add);
        event.end().ifPresent(trial -> {
            trials.add(trial.withSweeps(sweeps));
            unfinished = Optional.empty();
            sweeps.clear();
        });
        event.finish().ifPresent(run -> finish = Optional.of(run));
    }

    /** Adds an event; it is on the disk when this returns. */
    void append(TuningEvent event) throws IOException {
        try (DurableFile open = operations.openForAppend(file)) {
            open.write(ByteBuffer.wrap((RunJson.line(event) + "\n").getBytes(StandardCharsets.UTF_8)));
            open.force();
        }
        replay(event);
    }

    /** The trials that ended, by number. */
    List<Trial> trials() {
        return Collections.unmodifiableList(trials);
    }

    Optional<FinalRun> finish() {
        return finish;
    }
}
