package dev.latent.evaluation;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Workspaces that calls from any number of threads use again. A few for each processor are kept; when more calls than that
 * run at once, the others make their own, which are dropped. Thread-safe.
 */
final class Workspaces<T> {

    private static final int SLOTS =
            Integer.highestOneBit(4 * Runtime.getRuntime().availableProcessors());

    private final AtomicReferenceArray<@Nullable T> kept = new AtomicReferenceArray<>(SLOTS);
    private final Supplier<T> maker;

    /** {@code maker} makes a new one. */
    Workspaces(Supplier<T> maker) {
        this.maker = maker;
    }

    /** Returns one that nobody else has until it is given back. */
    T take() {
        T found = kept.getAndSet(slot(), null);
        return found == null ? maker.get() : found;
    }

    /** Lets others have what was taken. */
    void give(T workspace) {
        kept.set(slot(), workspace);
    }

    private static int slot() {
        return (int) Thread.currentThread().threadId() & (SLOTS - 1);
    }
}
