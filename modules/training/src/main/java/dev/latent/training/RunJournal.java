package dev.latent.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latent.storage.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one run, in {@code events.jsonl} and to those who follow. Appended, not forced: a power cut may cost the
 * last events of a run, not the run. A torn last line is cut off when the file is opened again. Thread-safe.
 */
final class RunJournal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);

    private final RunFiles files;
    private final List<Follower> followers = new ArrayList<>();
    private long last;
    private boolean broken;

    /** Somebody who gets each event once, in order. */
    private final class Follower implements AutoCloseable {
        private final Consumer<RunEvent> consumer;

        Follower(Consumer<RunEvent> consumer) {
            this.consumer = consumer;
        }

        void deliver(RunEvent event) {
            try {
                consumer.accept(event);
            } catch (RuntimeException e) {
                LOG.warn(
                        "A follower of {} failed and is dropped",
                        files.directory().getFileName(),
                        e);
                close();
            }
        }

        @Override
        public void close() {
            synchronized (RunJournal.this) {
                followers.remove(this);
            }
        }
    }

    RunJournal(RunFiles files) {
        this.files = files;
    }

    /** Finds where an earlier process stopped and cuts off a torn line. */
    synchronized void recover() throws IOException {
        if (Files.exists(files.events())) {
            byte[] bytes = Files.readAllBytes(files.events());
            int end = 0;
            for (RunEvent event : parse(new String(bytes, StandardCharsets.UTF_8))) {
                last = event.number();
            }
            for (int index = 0; index < bytes.length; index++) {
                end = bytes[index] == '\n' ? index + 1 : end;
            }
            if (end < bytes.length) {
                files.truncate(files.events(), end);
            }
        }
    }

    /** Adds an event that is made from its number. */
    synchronized void append(LongFunction<RunEvent> make) {
        RunEvent event = make.apply(last + 1);
        last = event.number();
        write(RunJson.line(event) + "\n");
        for (Follower follower : List.copyOf(followers)) {
            follower.deliver(event);
        }
    }

    void log(Instant time, String line) {
        append(number -> RunEvent.of(number, time, line));
    }

    private void write(String text) {
        if (broken) {
            return;
        }
        try (DurableFile file = files.append(files.events())) {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            broken = true;
            LOG.error("Run events are not kept any more: {} cannot be written", files.events(), e);
        }
    }

    /** Delivers the events after the given number, then each new one until the result is closed. */
    synchronized AutoCloseable follow(long after, Consumer<RunEvent> consumer) {
        Follower follower = new Follower(consumer);
        followers.add(follower);
        for (RunEvent event : read()) {
            if (event.number() > after && followers.contains(follower)) {
                follower.deliver(event);
            }
        }
        return follower;
    }

    private List<RunEvent> read() {
        try {
            return Files.exists(files.events()) ? parse(Files.readString(files.events())) : List.of();
        } catch (IOException e) {
            LOG.error("Run events cannot be read from {}", files.events(), e);
            return List.of();
        }
    }

    private static List<RunEvent> parse(String text) {
        List<RunEvent> events = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            try {
                if (!line.isEmpty()) {
                    events.add(RunJson.parse(line, RunEvent.class));
                }
            } catch (JsonProcessingException e) {
                LOG.debug("A torn line of run events is left out", e);
            }
        }
        return events;
    }

    @Override
    public synchronized void close() {
        followers.clear();
    }
}
