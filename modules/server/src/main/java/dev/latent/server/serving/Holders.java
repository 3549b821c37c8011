package dev.latent.server.serving;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who uses something, from one on, and closes it when the last lets go. Thread-safe. */
final class Holders {

    private final AtomicInteger count = new AtomicInteger(1);
    private final Runnable close;

    Holders(Runnable close) {
        this.close = close;
    }

    /** Takes part; false when it is already closed. */
    boolean hold() {
        int now = count.get();
        while (now > 0) {
            if (count.compareAndSet(now, now + 1)) {
                return true;
            }
            now = count.get();
        }
        return false;
    }

    /** Lets go. */
    void release() {
        if (count.decrementAndGet() == 0) {
            close.run();
        }
    }
}
