package dev.latent.server.training;

import dev.latent.training.Run;
import dev.latent.training.RunEvent;
import dev.latent.training.RunWatch;
import dev.latent.training.TrainingService;
import dev.latent.v1.WatchRunResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client following a run. At most {@value #MAX_QUEUED} events wait for a client that reads slowly; beyond that the
 * follower lets go of the run and, once the client has caught up, follows it anew from the event after the last one sent,
 * which the run's journal still has. So the client sees every event whatever its pace. Thread-safe.
 */
final class RunFollower {

    private static final int MAX_QUEUED = 1_024;

    private final TrainingService runs;
    private final String id;
    private final ServerCallStreamObserver<WatchRunResponse> responses;
    private final Object lock = new Object();
    private final ArrayDeque<WatchRunResponse> queue = new ArrayDeque<>();
    private long lastQueued;
    private long follows;
    private @Nullable RunWatch watch;
    private boolean overflowed;
    private boolean ended;
    private boolean closed;
    private boolean sending;
    private boolean sendAgain;

    RunFollower(
            TrainingService runs, String id, long afterEvent, ServerCallStreamObserver<WatchRunResponse> responses) {
        this.runs = runs;
        this.id = id;
        this.lastQueued = afterEvent;
        this.responses = responses;
    }

    /** Begins to follow; must be called before the call's method returns. */
    void start() {
        responses.setOnReadyHandler(this::send);
        responses.setOnCancelHandler(this::cancelled);
        responses.setOnCloseHandler(this::cancelled);
        follow();
        send();
    }

    private void follow() {
        long after;
        long number;
        synchronized (lock) {
            after = lastQueued;
            overflowed = false;
            ended = false;
            number = ++follows;
        }
        RunWatch opened = runs.watch(id, after, this::offer);
        boolean late;
        synchronized (lock) {
            late = closed;
            watch = opened;
        }
        if (late) {
            opened.close();
        }
        CompletableFuture<Run> _ = opened.end().whenComplete((_, _) -> ended(number));
    }

    /** Takes an event from the run's thread. */
    private void offer(RunEvent event) {
        synchronized (lock) {
            if (closed || overflowed) {
                return;
            }
            if (queue.size() == MAX_QUEUED) {
                overflowed = true;
                return;
            }
            queue.add(RunMessages.event(event));
            lastQueued = event.number();
        }
        send();
    }

    private void ended(long number) {
        synchronized (lock) {
            ended |= number == follows;
        }
        send();
    }

    private void cancelled() {
        RunWatch open;
        synchronized (lock) {
            closed = true;
            queue.clear();
            open = watch;
        }
        if (open != null) {
            open.close();
        }
    }

    /** Sends while the client reads; one thread at a time, the others leave word. */
    private void send() {
        synchronized (lock) {
            sendAgain = true;
            if (sending) {
                return;
            }
            sending = true;
        }
        boolean again = true;
        while (again) {
            synchronized (lock) {
                sendAgain = false;
            }
            sendQueued();
            synchronized (lock) {
                again = sendAgain;
                sending = again;
            }
        }
    }

    private void sendQueued() {
        WatchRunResponse next = poll();
        while (next != null) {
            responses.onNext(next);
            next = poll();
        }
        RunWatch overrun = null;
        boolean complete = false;
        synchronized (lock) {
            if (!closed && queue.isEmpty()) {
                if (overflowed) {
                    overrun = watch;
                } else if (ended) {
                    closed = true;
                    complete = true;
                }
            }
        }
        if (overrun != null) {
            overrun.close();
            followAgain();
        }
        if (complete) {
            responses.onCompleted();
        }
    }

    private void followAgain() {
        try {
            follow();
        } catch (RuntimeException e) { // on the run's thread, where nobody would tell the client
            synchronized (lock) {
                closed = true;
            }
            responses.onError(e);
        }
    }

    private @Nullable WatchRunResponse poll() {
        synchronized (lock) {
            return closed || !responses.isReady() ? null : queue.poll();
        }
    }
}
