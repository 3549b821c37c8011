package dev.latent.training.tunings;

import dev.latent.training.RunJson;
import dev.latent.training.tuning.TuningEvent;
import dev.latent.training.tuning.TuningJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All searches of a home, by number, in directories {@code tuning-<number>} beside those of runs. */
final class TuningShelf {

    private static final Logger LOG = LoggerFactory.getLogger(TuningShelf.class);
    private static final String PREFIX = "tuning-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[1-9][0-9]{0,8}");

    private final Path directory;
    private final Clock clock;
    private final ConcurrentNavigableMap<Integer, TrackedTuning> tunings = new ConcurrentSkipListMap<>();
    private int lastNumber;

    TuningShelf(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    synchronized void open() throws IOException {
        Files.createDirectories(directory);
        List<Path> found;
        try (Stream<Path> entries = Files.list(directory)) {
            found = entries.filter(Files::isDirectory)
                    .filter(path ->
                            NAME.matcher(String.valueOf(path.getFileName())).matches())
                    .toList();
        }
        for (Path path : found) {
            recover(new TuningFiles(path));
        }
    }

    private void recover(TuningFiles files) throws IOException {
        int number = numberOf(files.id());
        lastNumber = Math.max(lastNumber, number);
        if (!Files.isRegularFile(files.tuning())) {
            files.delete(); // was never acknowledged
            return;
        }
        try {
            Tuning tuning = RunJson.read(files.tuning(), Tuning.class);
            List<TuningEvent> events = TuningJournal.read(files.journal());
            TrackedTuning tracked = new TrackedTuning(tuning, files, events);
            if (!tuning.state().isFinal()) {
                finish(tracked, Tuning.State.INTERRUPTED, interruption(tuning));
            }
            tunings.put(number, tracked);
        } catch (IOException e) {
            LOG.error("Search {} is left out: its files cannot be read", files.id(), e);
        }
    }

    /** What is said of a search that its server did not finish. */
    static String interruption(Tuning tuning) {
        return "The server stopped during the search; 'latent tune "
                + tuning.spec().model() + " --resume " + tuning.id() + "' goes on with it";
    }

    private static int numberOf(String id) {
        return Integer.parseInt(id.substring(PREFIX.length()));
    }

    synchronized TrackedTuning add(TuningSpec spec) throws IOException {
        String id = PREFIX + ++lastNumber;
        TuningFiles files = TuningFiles.create(directory, id);
        Tuning tuning = new Tuning(id, spec, Tuning.State.QUEUED, "", "", clock.instant(), Optional.empty());
        files.write(tuning);
        TrackedTuning tracked = new TrackedTuning(tuning, files, List.of());
        tunings.put(lastNumber, tracked);
        return tracked;
    }

    /** Ends a search; one that may be resumed keeps its snapshot. */
    void finish(TrackedTuning tracked, Tuning.State state, String message) {
        if (state != Tuning.State.INTERRUPTED) {
            try {
                tracked.files().deleteWork();
            } catch (IOException e) {
                LOG.warn(
                        "Search {}: its snapshot cannot be deleted",
                        tracked.files().id(),
                        e);
            }
        }
        tracked.change(now -> now.ended(state, message, clock.instant()));
        LOG.info("Search {} is {} {}", tracked.files().id(), state, message);
    }

    TrackedTuning get(String id) {
        TrackedTuning tracked = NAME.matcher(id).matches() ? tunings.get(numberOf(id)) : null;
        if (tracked == null) {
            throw new TuningNotFoundException(id);
        }
        return tracked;
    }

    List<Tuning> list() {
        return tunings.descendingMap().values().stream()
                .map(TrackedTuning::tuning)
                .toList();
    }
}
