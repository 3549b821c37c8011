package dev.latent.training;

import dev.latent.storage.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run with its files, its followers and the way to stop it. Thread-safe. */
final class TrackedRun {

    private static final Logger LOG = LoggerFactory.getLogger(TrackedRun.class);
    private static final int MAXIMUM_LOG_LINES = 10_000;
    private static final int MAXIMUM_LINE_CHARACTERS = 2_000;

    private final RunFiles files;
    private final RunJournal journal;
    private final Clock clock;
    private final CompletableFuture<Run> end = new CompletableFuture<>();
    private Run run;
    private int logLines;
    private boolean cancelled;
    private Runnable stopper = () -> {};

    TrackedRun(Run run, RunFiles files, Clock clock) {
        this.run = run;
        this.files = files;
        this.clock = clock;
        journal = new RunJournal(files);
        if (run.hasEnded()) {
            end.complete(run);
        }
    }

    RunFiles files() {
        return files;
    }

    RunJournal journal() {
        return journal;
    }

    synchronized Run run() {
        return run;
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Makes the first entry in run file and journal. */
    synchronized void create() throws IOException {
        files.writeRun(run);
        announce();
    }

    /** Begins to work, unless the run was cancelled in the queue. */
    synchronized boolean start() {
        if (run.hasEnded()) {
            return false;
        }
        change(now -> now.started(clock.instant()));
        return true;
    }

    /** Sets what stops the work; called at once when the run is cancelled already. */
    synchronized void setStopper(Runnable value) {
        stopper = value;
        if (cancelled) {
            value.run();
        }
    }

    /** Cancels: in the queue at once, at work by stopping it, which ends the run a little later. */
    synchronized Run cancel() {
        if (run.hasEnded()) {
            throw new RunEndedException(run);
        }
        cancelled = true;
        if (run.state() == Run.State.QUEUED) {
            finish(now -> now.ended(Run.State.CANCELLED, "Cancelled before it began", clock.instant()));
        } else {
            stopper.run();
        }
        return run;
    }

    synchronized void progress(RunProgress progress) {
        if (!run.hasEnded()) {
            run = run.withProgress(progress);
            Instant now = clock.instant();
            journal.append(number -> RunEvent.of(number, now, progress));
        }
    }

    /** Adds a line to the log, without control characters; the lines of a run that never stops talking end some time. */
    synchronized void log(String line) {
        if (logLines > MAXIMUM_LOG_LINES) {
            return;
        }
        logLines++;
        String kept = logLines > MAXIMUM_LOG_LINES ? "Further lines are not kept" : readable(line);
        Instant now = clock.instant();
        journal.log(now, kept);
        try (DurableFile file = files.append(files.log())) {
            file.write(ByteBuffer.wrap((now + " " + kept + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            logLines = MAXIMUM_LOG_LINES + 1;
            LOG.error("Run {}: its log is not kept any more: {} cannot be written", run.id(), files.log(), e);
        }
    }

    private static String readable(String line) {
        String cut = line.length() <= MAXIMUM_LINE_CHARACTERS
                ? line
                : line.substring(0, MAXIMUM_LINE_CHARACTERS) + "… (cut)";
        return cut.replaceAll("[\\p{Cntrl}&&[^\\t]]", "\uFFFD");
    }

    /** Makes the last change. */
    synchronized void finish(UnaryOperator<Run> last) {
        if (!run.hasEnded()) {
            change(last);
            end.complete(run);
            journal.close();
        }
    }

    private void change(UnaryOperator<Run> next) {
        run = next.apply(run);
        try {
            files.writeRun(run);
        } catch (IOException e) {
            LOG.error(
                    "Run {}: its state {} is not stored: {} cannot be written", run.id(), run.state(), files.run(), e);
        }
        announce();
    }

    private void announce() {
        Run now = run;
        Instant time = clock.instant();
        journal.append(number -> RunEvent.of(number, time, now));
    }

    /** Delivers events in order by the thread that makes them, the stored ones by the calling thread. */
    synchronized RunWatch watch(long afterEvent, Consumer<RunEvent> consumer) {
        AutoCloseable follower = journal.follow(afterEvent, consumer);
        return new RunWatch() {
            @Override
            public CompletableFuture<Run> end() {
                return end.copy();
            }

            @Override
            public void close() {
                try {
                    follower.close();
                } catch (Exception e) {
                    throw new IllegalStateException("A follower cannot be removed", e);
                }
            }
        };
    }
}
