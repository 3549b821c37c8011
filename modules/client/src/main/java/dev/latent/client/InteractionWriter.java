package dev.latent.client;

import dev.latent.v1.Interaction;
import dev.latent.v1.InteractionServiceGrpc.InteractionServiceStub;
import dev.latent.v1.WriteInteractionsRequest;
import dev.latent.v1.WriteInteractionsResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A stream of interactions into one dataset, acknowledged when durable.
 *
 * <p>Batches may follow each other without waiting; at most {@value #MAX_IN_FLIGHT} of them are on their way, then
 * {@link #write} blocks. When the stream fails, all batches that were not acknowledged fail with its status; they may or
 * may not have been written, and writing them again to a new stream is safe for datasets that keep the last or the
 * largest value. Thread-safe.
 */
public final class InteractionWriter implements AutoCloseable {

    private static final int MAX_IN_FLIGHT = 64;

    private final String dataset;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final CompletableFuture<Void> completed = new CompletableFuture<>();
    private final ClientCallStreamObserver<WriteInteractionsRequest> requests;
    private long lastSequence;
    private boolean closed;
    private @Nullable Throwable failure;

    InteractionWriter(String dataset, InteractionServiceStub stub) {
        this.dataset = dataset;
        this.requests = (ClientCallStreamObserver<WriteInteractionsRequest>) stub.writeInteractions(new Answers());
    }

    /**
     * Sends a batch.
     *
     * @param interactions at most 10,000
     * @return completes when they are on disk, or exceptionally with {@link io.grpc.StatusRuntimeException}
     * @throws IllegalStateException after {@link #close}
     */
    public CompletableFuture<Void> write(List<Interaction> interactions) {
        synchronized (pending) {
            awaitRoom();
            if (closed) {
                throw new IllegalStateException("The writer to dataset '" + dataset + "' is closed; open another one");
            }
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            Pending batch = new Pending(++lastSequence, new CompletableFuture<>());
            pending.add(batch);
            requests.onNext(WriteInteractionsRequest.newBuilder()
                    .setDataset(dataset)
                    .setSequence(batch.sequence())
                    .addAllInteractions(interactions)
                    .build());
            return batch.durable();
        }
    }

    private void awaitRoom() {
        try {
            while (pending.size() >= MAX_IN_FLIGHT && failure == null && !closed) {
                pending.wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED
                    .withDescription("Interrupted while waiting for acknowledgements")
                    .withCause(e)
                    .asRuntimeException();
        }
    }

    /**
     * Ends the stream and waits until everything sent is acknowledged.
     *
     * @throws io.grpc.StatusRuntimeException when the stream failed
     */
    @Override
    public void close() {
        synchronized (pending) {
            if (!closed && failure == null) {
                requests.onCompleted();
            }
            closed = true;
        }
        try {
            completed.join();
        } catch (CompletionException e) {
            throw Status.fromThrowable(e).asRuntimeException();
        }
    }

    private void acknowledge(long sequence) {
        synchronized (pending) {
            while (!pending.isEmpty() && pending.getFirst().sequence() <= sequence) {
                pending.removeFirst().durable().complete(null);
            }
            pending.notifyAll();
        }
    }

    private void end(Throwable cause) {
        synchronized (pending) {
            failure = cause;
            pending.forEach(batch -> batch.durable().completeExceptionally(cause));
            pending.clear();
            pending.notifyAll();
        }
    }

    /** A batch that was sent and not acknowledged. */
    private record Pending(long sequence, CompletableFuture<Void> durable) {}

    /** Takes in the acknowledgements. */
    private final class Answers implements ClientResponseObserver<WriteInteractionsRequest, WriteInteractionsResponse> {

        @Override
        public void beforeStart(ClientCallStreamObserver<WriteInteractionsRequest> stream) {}

        @Override
        public void onNext(WriteInteractionsResponse response) {
            acknowledge(response.getAcknowledgedSequence());
        }

        @Override
        public void onError(Throwable cause) {
            end(cause);
            completed.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            end(Status.UNAVAILABLE
                    .withDescription("The server ended the stream; open another writer")
                    .asRuntimeException());
            completed.complete(null);
        }
    }
}
