package dev.latent.server.home;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed in the reverse order; one that fails to close does not keep the others open. */
public final class Closing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Remembers to close something. */
    public synchronized <C extends AutoCloseable> C add(C closeable) {
        opened.push(closeable);
        return closeable;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable next = opened.pop();
            try {
                next.close();
            } catch (Exception e) {
                LOG.error("{} could not be closed", next.getClass().getSimpleName(), e);
            }
        }
    }
}
