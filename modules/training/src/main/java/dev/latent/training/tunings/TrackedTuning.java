package dev.latent.training.tunings;

import dev.latent.training.tuning.TuningEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A search in this process: its state, durable, and its events, for those who follow. Thread-safe. */
final class TrackedTuning {

    private final TuningFiles files;
    private final List<TuningNews> news = new ArrayList<>();
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    private Tuning tuning;
    private boolean cancelled;
    private Runnable stopper = () -> {};

    TrackedTuning(Tuning tuning, TuningFiles files, List<TuningEvent> earlier) {
        this.tuning = tuning;
        this.files = files;
        earlier.forEach(event -> news.add(TuningNews.of(event)));
        news.add(TuningNews.of(tuning));
    }

    TuningFiles files() {
        return files;
    }

    synchronized Tuning tuning() {
        return tuning;
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Begins anew after an interruption. */
    void resume() {
        synchronized (this) {
            cancelled = false;
            stopper = () -> {};
        }
        change(now -> now.in(Tuning.State.QUEUED));
    }

    void change(UnaryOperator<Tuning> next) {
        synchronized (this) {
            tuning = next.apply(tuning);
            try {
                files.write(tuning);
            } catch (IOException e) {
                throw new UncheckedIOException("Search " + tuning.id() + " cannot be stored", e);
            }
            news.add(TuningNews.of(tuning));
        }
        tell();
    }

    void add(TuningNews item) {
        synchronized (this) {
            news.add(item);
        }
        tell();
    }

    private void tell() {
        followers.forEach(Runnable::run);
    }

    /** The news after the given number of them. */
    synchronized List<TuningNews> newsAfter(int count) {
        return count >= news.size() ? List.of() : List.copyOf(news.subList(count, news.size()));
    }

    /** Calls back after each piece of news until the result is closed. */
    AutoCloseable follow(Runnable follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    /** Sets what stops the work; called at once when the search is cancelled already. */
    synchronized void setStopper(Runnable value) {
        stopper = value;
        if (cancelled) {
            value.run();
        }
    }

    synchronized void cancel() {
        if (tuning.state().isFinal()) {
            throw new TuningStateException(tuning, "has ended: it cannot be cancelled");
        }
        cancelled = true;
        stopper.run();
    }
}
