package dev.latent.training.tunings;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latent.training.ChildCommand;
import dev.latent.training.ChildDeath;
import dev.latent.training.RunJson;
import dev.latent.training.TrainingOptions;
import dev.latent.training.tuning.TuningEvent;
import dev.latent.training.tuning.TuningJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a search in processes of their own, one after another: when one dies during a trial, that trial has failed and the
 * next process goes on from the journal. For one use.
 */
final class TuningWorker {

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int KEPT_LINES = 20;

    private final TrackedTuning tracked;
    private final TrainingOptions.ChildProcess settings;
    private final Deque<String> lastWords = new ArrayDeque<>();
    private volatile @Nullable Map<String, String> best;
    private volatile @Nullable String failure;
    private @Nullable Process process;
    private boolean stopped;

    TuningWorker(TrackedTuning tracked, TrainingOptions.ChildProcess settings) {
        this.tracked = tracked;
        this.settings = settings;
    }

    /** Returns the best setting. */
    Map<String, String> search() throws IOException, InterruptedException {
        while (true) {
            int status = runProcess();
            Map<String, String> found = best;
            String told = failure;
            if (found != null) {
                return found;
            }
            if (told != null || isStopped()) {
                throw new IllegalStateException(told == null ? "Cancelled" : told);
            }
            failTrial(ChildDeath.describe(
                    status, settings.heapBytes(), tracked.files().crashLog(), words()));
        }
    }

    private void failTrial(String message) throws IOException {
        Optional<TuningEvent> failed =
                TuningJournal.failUnfinished(tracked.files().journal(), message);
        if (failed.isEmpty()) {
            throw new IllegalStateException(message);
        }
        tracked.add(TuningNews.of(failed.get()));
    }

    private int runProcess() throws IOException, InterruptedException {
        Process child = start();
        Thread events = readLines(child.getInputStream(), this::accept);
        Thread words = readLines(child.getErrorStream(), this::keep);
        try {
            child.waitFor();
            events.join(GRACE);
            words.join(GRACE);
            return child.exitValue();
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
    }

    private synchronized Process start() throws IOException {
        if (stopped) {
            throw new IllegalStateException("Cancelled");
        }
        List<String> main = List.of(
                TuningProcess.class.getName(), tracked.files().directory().toString());
        process = ChildCommand.of(
                        settings,
                        settings.heapBytes(),
                        tracked.tuning().spec().goal().threads(),
                        tracked.files().crashLog(),
                        main)
                .start();
        return process;
    }

    private static Thread readLines(InputStream stream, Consumer<String> consumer) {
        return Thread.ofPlatform().daemon().name("latent-tuning-reader").start(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    consumer.accept(line);
                }
            } catch (IOException e) {
                // a killed process: nothing more to read
            }
        });
    }

    private void accept(String line) {
        try {
            TuningMessage message = RunJson.parse(line, TuningMessage.class);
            message.event().ifPresent(event -> tracked.add(TuningNews.of(event)));
            message.logLine().ifPresent(text -> tracked.add(TuningNews.log(text)));
            message.best().ifPresent(set -> best = set);
            message.failure().ifPresent(text -> failure = text);
        } catch (JsonProcessingException e) {
            keep(line); // written past System.out by native code
        }
    }

    private void keep(String line) {
        synchronized (lastWords) {
            lastWords.add(line);
            if (lastWords.size() > KEPT_LINES) {
                lastWords.remove();
            }
        }
    }

    private List<String> words() {
        synchronized (lastWords) {
            return List.copyOf(lastWords);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    synchronized void stop() {
        stopped = true;
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
