package dev.latent.server;

import dev.latent.v1.Interaction;
import dev.latent.v1.InteractionServiceGrpc;
import dev.latent.v1.WriteInteractionsRequest;
import dev.latent.v1.WriteInteractionsResponse;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One stream of writes, and what the server answered. */
public final class WriteCalls implements StreamObserver<WriteInteractionsResponse> {

    private final List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final StreamObserver<WriteInteractionsRequest> requests;

    public WriteCalls(Channel channel) {
        requests = InteractionServiceGrpc.newStub(channel).writeInteractions(this);
    }

    /** Writes in one request and waits until it is acknowledged. */
    public static void write(Channel channel, String dataset, List<Interaction> interactions) {
        WriteCalls calls = new WriteCalls(channel);
        calls.send(dataset, 1, interactions);
        calls.complete();
        calls.awaitEnd();
    }

    public void send(String dataset, long sequence, List<Interaction> interactions) {
        requests.onNext(WriteInteractionsRequest.newBuilder()
                .setDataset(dataset)
                .setSequence(sequence)
                .addAllInteractions(interactions)
                .build());
    }

    public void complete() {
        requests.onCompleted();
    }

    public List<Long> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Waits for the end of the stream. */
    public void awaitEnd() {
        Throwable failure = failure();
        if (failure != null) {
            throw new AssertionError(failure);
        }
    }

    /** Waits for the end of the stream and returns the error that it ended with, if any. */
    public @org.jspecify.annotations.Nullable Throwable failure() {
        try {
            end.get(30, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void onNext(WriteInteractionsResponse response) {
        acknowledged.add(response.getAcknowledgedSequence());
    }

    @Override
    public void onError(Throwable cause) {
        end.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {
        end.complete(null);
    }
}
