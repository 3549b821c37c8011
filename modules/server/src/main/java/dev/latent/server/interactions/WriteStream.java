package dev.latent.server.interactions;

import dev.latent.interactions.Interaction;
import dev.latent.server.errors.ApiException;
import dev.latent.v1.WriteInteractionsRequest;
import dev.latent.v1.WriteInteractionsResponse;
import io.grpc.Status.Code;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stream of writes. Requests are checked as they arrive and queued; one writer at a time takes what is queued, makes
 * it durable in one append and acknowledges the last of it. While the disk is busy the queue fills, and at {@value
 * #MAX_QUEUED} interactions no further request is asked for.
 *
 * <p>A request that is refused ends the stream once those before it are written. The observer of responses is used by the
 * writer alone. Thread-safe.
 */
final class WriteStream implements StreamObserver<WriteInteractionsRequest> {

    private static final int MAX_QUEUED = 50_000;

    private final StreamWrites writes;
    private final ServerCallStreamObserver<WriteInteractionsResponse> responses;
    private final Object lock = new Object();
    private final ArrayDeque<Batch> queue = new ArrayDeque<>();
    private int queued;
    private boolean writing;
    private boolean paused;
    private boolean started;
    private boolean ended;
    private boolean closed;
    private long lastSequence;
    private @Nullable Throwable refusal;
    private @Nullable Long unsent;

    WriteStream(StreamWrites writes, ServerCallStreamObserver<WriteInteractionsResponse> responses) {
        this.writes = writes;
        this.responses = responses;
        responses.disableAutoRequest();
        responses.setOnReadyHandler(this::wakeWriter);
        responses.setOnCancelHandler(this::cancelled);
        responses.request(1);
    }

    @Override
    public void onNext(WriteInteractionsRequest request) {
        try {
            checkSequence(request.getSequence());
            enqueue(writes.batch(request));
        } catch (RuntimeException e) {
            refuse(e);
        }
    }

    private void checkSequence(long sequence) {
        synchronized (lock) {
            if (started && sequence <= lastSequence) {
                throw ApiException.invalid(
                        "sequence",
                        "is " + sequence + ", expected more than " + lastSequence + " of the request before");
            }
            started = true;
            lastSequence = sequence;
        }
    }

    private void enqueue(Batch batch) {
        boolean more;
        synchronized (lock) {
            if (refusal != null) {
                return; // the stream is ending
            }
            queue.add(batch);
            queued += batch.interactions().size() + 1;
            more = queued < MAX_QUEUED;
            paused = !more;
        }
        wakeWriter();
        if (more) {
            responses.request(1);
        }
    }

    private void refuse(Throwable cause) {
        synchronized (lock) {
            refusal = refusal == null ? cause : refusal;
        }
        wakeWriter();
    }

    /** Ends the stream because the server stops; what it has brought is written and acknowledged first. */
    void end() {
        refuse(ApiException.of(
                Code.UNAVAILABLE,
                "SERVER_STOPPING",
                "The server is stopping; connect again and send what was not acknowledged",
                Map.of()));
    }

    @Override
    public void onCompleted() {
        synchronized (lock) {
            ended = true;
        }
        wakeWriter();
    }

    @Override
    public void onError(Throwable cause) {
        cancelled();
    }

    private void cancelled() {
        synchronized (lock) {
            closed = true;
            queue.clear();
            queued = 0;
        }
        writes.forget(this);
    }

    private void wakeWriter() {
        synchronized (lock) {
            if (writing || closed) {
                return;
            }
            writing = true;
        }
        writes.execute(this::write);
    }

    /** Works until nothing is left to do; then the next event wakes another writer. */
    private void write() {
        try {
            List<Batch> taken = take();
            while (!taken.isEmpty()) {
                append(taken);
                taken = take();
            }
        } catch (Throwable e) { // the border of the writer's thread: mapped to a status by the interceptor
            finish(e);
        }
    }

    /** Takes the next requests for one dataset; when there are none, ends the stream if it is to be ended. */
    private List<Batch> take() {
        List<Batch> taken = new ArrayList<>();
        Throwable failure;
        synchronized (lock) {
            while (!queue.isEmpty()
                    && (taken.isEmpty()
                            || queue.peek().dataset().equals(taken.getFirst().dataset()))) {
                taken.add(queue.remove());
            }
            if (!taken.isEmpty()) {
                return taken;
            }
            sendAcknowledgement();
            writing = false;
            failure = refusal;
            if (closed || (failure == null && !ended)) {
                return taken;
            }
        }
        finish(failure);
        return taken;
    }

    private void append(List<Batch> batches) {
        List<Interaction> interactions =
                batches.size() == 1 ? batches.getFirst().interactions() : joined(batches);
        writes.append(batches.getFirst().dataset(), interactions);
        boolean resume;
        synchronized (lock) {
            queued -= interactions.size() + batches.size();
            unsent = batches.getLast().sequence();
            sendAcknowledgement();
            resume = paused && queued < MAX_QUEUED && refusal == null;
            paused = paused && !resume;
        }
        if (resume) {
            responses.request(1);
        }
    }

    private static List<Interaction> joined(List<Batch> batches) {
        List<Interaction> joined = new ArrayList<>();
        batches.forEach(batch -> joined.addAll(batch.interactions()));
        return joined;
    }

    /** Acknowledges when the client reads; otherwise the next, higher number will do for this one too. */
    private void sendAcknowledgement() {
        Long sequence = unsent;
        if (sequence != null && !closed && (responses.isReady() || ended || refusal != null)) {
            unsent = null;
            responses.onNext(WriteInteractionsResponse.newBuilder()
                    .setAcknowledgedSequence(sequence)
                    .build());
        }
    }

    private void finish(@Nullable Throwable failure) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        writes.forget(this);
        if (failure == null) {
            responses.onCompleted();
        } else {
            responses.onError(failure);
        }
    }
}
