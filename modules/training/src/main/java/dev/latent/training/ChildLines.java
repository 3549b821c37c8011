package dev.latent.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs child processes, one after another, that tell their parent in lines on standard output and end when their standard
 * input does. What they write to standard error last is kept for who has to explain their end. {@link #stop} may be called
 * by any thread.
 */
public final class ChildLines {

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int KEPT_LINES = 20;

    private final Consumer<String> lines;
    private final Deque<String> lastWords = new ArrayDeque<>();
    private @Nullable Process process;
    private boolean stopped;

    /**
     * Prepares processes.
     *
     * @param lines takes what they tell, from a thread of its own
     */
    public ChildLines(Consumer<String> lines) {
        this.lines = lines;
    }

    /**
     * Runs a process to its end.
     *
     * @param command to be started; not when this is stopped already
     * @param limit after which it is killed
     * @return its exit status; empty when it was stopped before it began, or killed at the limit
     * @throws IOException when it cannot be started
     * @throws InterruptedException when this thread is to end; the process is killed then
     */
    public Optional<Integer> run(ProcessBuilder command, Optional<Duration> limit)
            throws IOException, InterruptedException {
        Process child = start(command);
        if (child == null) {
            return Optional.empty();
        }
        Thread told = read(child.getInputStream(), lines);
        Thread words = read(child.getErrorStream(), this::keep);
        try {
            if (!await(child, limit)) {
                return Optional.empty();
            }
            told.join(GRACE);
            words.join(GRACE);
            return Optional.of(child.exitValue());
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
    }

    private synchronized @Nullable Process start(ProcessBuilder command) throws IOException {
        if (stopped) {
            return null;
        }
        process = command.start();
        return process;
    }

    private static boolean await(Process child, Optional<Duration> limit) throws InterruptedException {
        if (limit.isEmpty()) {
            child.waitFor();
            return true;
        }
        return child.waitFor(limit.get().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread read(InputStream stream, Consumer<String> consumer) {
        return Thread.ofPlatform().daemon().name("latent-child-reader").start(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    consumer.accept(line);
                }
            } catch (IOException e) {
                // a killed process: nothing more to read
            }
        });
    }

    /**
     * Keeps a line as if it had come from standard error.
     *
     * @param line that says nothing to the parent
     */
    public void keep(String line) {
        synchronized (lastWords) {
            lastWords.add(line);
            if (lastWords.size() > KEPT_LINES) {
                lastWords.remove();
            }
        }
    }

    /**
     * Returns what was written to standard error last.
     *
     * @return oldest first
     */
    public List<String> lastWords() {
        synchronized (lastWords) {
            return List.copyOf(lastWords);
        }
    }

    /** Kills the process at work, and lets no further one begin. */
    public synchronized void stop() {
        stopped = true;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /**
     * Returns whether this was stopped.
     *
     * @return once true, always true
     */
    public synchronized boolean isStopped() {
        return stopped;
    }
}
