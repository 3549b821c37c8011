package dev.latent.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of a run in a process of its own, {@link RunProcess}: its own heap and processors, so that a plugin that
 * exhausts memory, exits, crashes or loops for ever costs its run and nothing else.
 */
final class ChildWorker implements Worker {

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int KEPT_LINES = 20;

    private final TrainingOptions.ChildProcess settings;
    private final Optional<Duration> timeLimit;
    private final int threads;
    private final Path directory;
    private final WorkMonitor monitor;
    private final Deque<String> lastWords = new ArrayDeque<>();
    private @Nullable Process process;
    private boolean stopped;
    private volatile @Nullable WorkResult result;
    private volatile @Nullable String failure;

    ChildWorker(
            TrainingOptions.ChildProcess settings,
            Optional<Duration> timeLimit,
            int threads,
            Path directory,
            WorkMonitor monitor) {
        this.settings = settings;
        this.timeLimit = timeLimit;
        this.threads = threads;
        this.directory = directory;
        this.monitor = monitor;
    }

    @Override
    public WorkResult work() throws IOException, InterruptedException {
        Process child = start();
        Thread events = readLines("events", child.getInputStream(), line -> accept(line, child.getOutputStream()));
        Thread words = readLines("log", child.getErrorStream(), this::keep);
        try {
            if (!waitFor(child)) {
                throw new RunFailureException("The run took longer than its time limit of " + timeLimit.orElseThrow()
                        + " and was ended; raise the limit or make the model smaller");
            }
            events.join(GRACE);
            words.join(GRACE);
            return conclude(child.exitValue());
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
    }

    private synchronized Process start() throws IOException {
        if (stopped) {
            throw new RunFailureException("The run was cancelled before its process began");
        }
        List<String> main = List.of(RunProcess.class.getName(), directory.toString());
        try {
            process = ChildCommand.of(settings, settings.heapBytes(), threads, crashLog(), main)
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "The process of the run cannot be started by " + settings.java() + ": " + e.getMessage()
                            + "; check the Java launcher of the training options",
                    e);
        }
        return process;
    }

    private Path crashLog() {
        return directory.resolve("crash.log");
    }

    private boolean waitFor(Process child) throws InterruptedException {
        if (timeLimit.isEmpty()) {
            child.waitFor();
            return true;
        }
        return child.waitFor(timeLimit.get().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread readLines(String name, InputStream stream, Consumer<String> consumer) {
        return Thread.ofPlatform().daemon().name("latent-run-" + name).start(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    consumer.accept(line);
                }
            } catch (IOException e) {
                // a killed process: nothing more to read
            }
        });
    }

    private void accept(String line, OutputStream answers) {
        WorkMessage message;
        try {
            message = RunJson.parse(line, WorkMessage.class);
        } catch (JsonProcessingException e) {
            keep(line); // written past System.out by native code
            return;
        }
        message.progress().ifPresent(monitor::progress);
        message.logLine().ifPresent(monitor::log);
        message.result().ifPresent(value -> result = value);
        message.failure().ifPresent(value -> failure = value);
        if (message.needsDestination()) {
            answer(answers);
        }
    }

    private void answer(OutputStream answers) {
        try {
            answers.write((RunJson.line(monitor.openDestination()) + "\n").getBytes(StandardCharsets.UTF_8));
            answers.flush();
        } catch (IOException | UncheckedIOException e) {
            failure = "The process of the run ended before it could be told where to write";
        } catch (RuntimeException e) {
            failure = FailureText.of(directory.getFileName().toString(), e);
            stop();
        }
    }

    private void keep(String line) {
        synchronized (lastWords) {
            lastWords.add(line);
            if (lastWords.size() > KEPT_LINES) {
                lastWords.remove();
            }
        }
        monitor.log(line);
    }

    private WorkResult conclude(int status) {
        WorkResult done = result;
        if (done != null && status == RunProcess.DONE) {
            return done;
        }
        String told = failure;
        throw new RunFailureException(
                told != null ? told : ChildDeath.describe(status, settings.heapBytes(), crashLog(), words()));
    }

    private List<String> words() {
        synchronized (lastWords) {
            return List.copyOf(lastWords);
        }
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        Process child = process;
        if (child != null) {
            Thread.ofVirtual().name("latent-run-stop").start(() -> kill(child));
        }
    }

    /** Asks, and after a grace insists. */
    private static void kill(Process child) {
        List<ProcessHandle> descendants = child.descendants().toList();
        child.destroy();
        try {
            child.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            child.destroyForcibly();
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
