package dev.latent.training;

import dev.latent.storage.FileOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All runs of a home, by number. Directories that are not {@code run-<number>} are left alone. Adding and pruning are for
 * one thread at a time; reading is for all.
 */
final class RunShelf {

    private static final Logger LOG = LoggerFactory.getLogger(RunShelf.class);
    private static final String PREFIX = "run-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[1-9][0-9]{0,8}");

    private final Path directory;
    private final FileOperations operations;
    private final Clock clock;
    private final int keptRuns;
    private final ConcurrentNavigableMap<Integer, TrackedRun> runs = new ConcurrentSkipListMap<>();
    private int lastNumber;

    RunShelf(Path directory, FileOperations operations, Clock clock, int keptRuns) {
        this.directory = directory;
        this.operations = operations;
        this.clock = clock;
        this.keptRuns = keptRuns;
    }

    /** Reads what an earlier process left; runs that it did not finish have failed. */
    void open(PublishedRuns published) throws IOException {
        Files.createDirectories(directory);
        List<Path> found;
        try (Stream<Path> entries = Files.list(directory)) {
            found = entries.filter(Files::isDirectory)
                    .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
                    .toList();
        }
        for (Path path : found) {
            recover(numberOf(path.getFileName().toString()), new RunFiles(path, operations), published);
        }
        prune();
    }

    private void recover(int number, RunFiles files, PublishedRuns published) throws IOException {
        lastNumber = Math.max(lastNumber, number);
        if (!files.hasRun()) {
            files.delete(); // was never acknowledged
            return;
        }
        Run run;
        try {
            run = files.readRun();
        } catch (IOException e) {
            LOG.error("Run {} is left out: its file cannot be read", number, e);
            return;
        }
        TrackedRun tracked = new TrackedRun(run, files, clock);
        tracked.journal().recover();
        if (!run.hasEnded()) {
            end(tracked, published);
        }
        files.deleteWork();
        runs.put(number, tracked);
    }

    /** Ends a run that an earlier process was at work on: it has succeeded when its version is there. */
    private void end(TrackedRun tracked, PublishedRuns published) throws IOException {
        Run run = tracked.run();
        OptionalInt version = tracked.files().hasResult() ? published.version(run) : OptionalInt.empty();
        if (version.isPresent()) {
            WorkResult result = tracked.files().readResult();
            tracked.finish(now -> now.succeeded(version.getAsInt(), result, clock.instant()));
            LOG.info("Run {} had published {}@{} when the server stopped", run.id(), run.model(), version.getAsInt());
            return;
        }
        String message = interruption(run);
        tracked.finish(now -> now.ended(Run.State.FAILED, message, clock.instant()));
        LOG.warn("Run {} of model '{}' has failed: {}", run.id(), run.model(), message);
    }

    /** What is said of a run that its server did not finish. */
    static String interruption(Run run) {
        return run.state() == Run.State.QUEUED
                ? "The server stopped before the run began; start it again"
                : "The server stopped during the run; start it again" + " ('latent versions list " + run.model()
                        + "' shows what was published)";
    }

    private static int numberOf(String id) {
        return Integer.parseInt(id.substring(PREFIX.length()));
    }

    /** Takes in a new run. */
    TrackedRun add(TrainingSpec spec) throws IOException {
        int number = ++lastNumber;
        String id = PREFIX + number;
        RunFiles files = RunFiles.create(directory, id, operations);
        TrackedRun tracked = new TrackedRun(Run.queued(id, spec, clock.instant()), files, clock);
        tracked.create();
        runs.put(number, tracked);
        return tracked;
    }

    Optional<TrackedRun> find(String id) {
        return NAME.matcher(id).matches() ? Optional.ofNullable(runs.get(numberOf(id))) : Optional.empty();
    }

    Optional<TrackedRun> findRequest(String requestId) {
        return runs.descendingMap().values().stream()
                .filter(tracked -> tracked.run().spec().requestId().equals(requestId))
                .findFirst();
    }

    /** All runs, newest first. */
    List<Run> list() {
        return runs.descendingMap().values().stream().map(TrackedRun::run).toList();
    }

    long count(Run.State state) {
        return runs.values().stream()
                .filter(tracked -> tracked.run().state() == state)
                .count();
    }

    Stream<TrackedRun> unfinished() {
        return runs.values().stream().filter(tracked -> !tracked.run().hasEnded());
    }

    /** Deletes the oldest ended runs beyond those that are kept. */
    synchronized void prune() {
        long ended = runs.values().stream()
                .filter(tracked -> tracked.run().hasEnded())
                .count();
        for (Integer number : runs.keySet()) {
            TrackedRun tracked = runs.get(number);
            if (ended <= keptRuns || tracked == null) {
                return;
            }
            if (tracked.run().hasEnded()) {
                try {
                    tracked.files().delete();
                } catch (IOException e) {
                    LOG.warn(
                            "Run {} is forgotten, but its files cannot be deleted",
                            tracked.run().id(),
                            e);
                }
                runs.remove(number);
                ended--;
            }
        }
    }
}
