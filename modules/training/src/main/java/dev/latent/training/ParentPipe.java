package dev.latent.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.SynchronousQueue;

/** The child's end of the pipes between a run's process and its parent. Thread-safe. */
final class ParentPipe implements WorkMonitor {

    /** Exit status of a process whose parent is gone. */
    static final int ORPHANED = 4;

    private final PrintStream events;
    private final SynchronousQueue<String> answers = new SynchronousQueue<>();

    private ParentPipe(PrintStream events) {
        this.events = events;
    }

    /** Opens the pipe and starts the thread that ends this process when the parent is gone. */
    static ParentPipe open(PrintStream events, InputStream input) {
        ParentPipe pipe = new ParentPipe(events);
        Thread.ofPlatform().daemon().name("latent-parent").start(() -> pipe.readUntilOrphaned(input));
        return pipe;
    }

    private void readUntilOrphaned(InputStream input) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                answers.put(line);
            }
        } catch (IOException | InterruptedException e) {
            // the pipe is broken: as good as its end
        } finally {
            Runtime.getRuntime().halt(ORPHANED);
        }
    }

    synchronized void send(WorkMessage message) {
        events.print(RunJson.line(message) + "\n");
        events.flush();
    }

    @Override
    public void progress(RunProgress progress) {
        send(WorkMessage.of(progress));
    }

    @Override
    public void log(String line) {
        send(WorkMessage.log(line));
    }

    @Override
    public Destination openDestination() {
        send(WorkMessage.needDestination());
        try {
            return RunJson.parse(answers.take(), Destination.class);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailureException("Interrupted while waiting for the place of the new version", e);
        } catch (JsonProcessingException e) {
            throw new RunFailureException("The parent of the run answered something that is not a destination", e);
        }
    }

    /** A cancelled run's process is ended from outside. */
    @Override
    public boolean isCancelled() {
        return false;
    }
}
