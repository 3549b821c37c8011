package dev.latent.cli.session;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that sends many requests, as fast as the server takes them, and waits for one answer, the last. Given to a stub's method as
 * the observer of the answer; then for one thread.
 *
 * @param <Q> the requests
 * @param <A> the answer
 */
public final class UploadCall<Q, A> implements ClientResponseObserver<Q, A> {

    private final CompletableFuture<A> future = new CompletableFuture<>();
    private final Consumer<A> news;
    private @Nullable ClientCallStreamObserver<Q> requests;
    private @Nullable A answer;

    /** Waits for one answer. */
    public UploadCall() {
        this(_ -> {});
    }

    /**
     * Waits for the last of several answers.
     *
     * @param news takes each of them, from a thread of the network
     */
    public UploadCall(Consumer<A> news) {
        this.news = news;
    }

    /**
     * Sends a request when the server has room for it; does nothing when the call has ended.
     *
     * @param request the next one
     * @throws InterruptedException when this thread is to end
     */
    public void put(Q request) throws InterruptedException {
        if (awaitRoom()) {
            requests().onNext(request);
        }
    }

    private synchronized boolean awaitRoom() throws InterruptedException {
        while (!requests().isReady() && !isOver()) {
            wait();
        }
        return !isOver();
    }

    /**
     * Returns whether the server has answered or the call has failed, so that nothing more is to be sent.
     *
     * @return once true, always true
     */
    public boolean isOver() {
        return future.isDone();
    }

    /**
     * Gives the call up.
     *
     * @param reason for the server
     * @param cause what went wrong here
     */
    public void cancel(String reason, Throwable cause) {
        requests().cancel(reason, cause);
    }

    /** Tells the server that it has everything. */
    public void complete() {
        if (!isOver()) {
            requests().onCompleted();
        }
    }

    /**
     * Waits for the answer.
     *
     * @return what the server says
     * @throws InterruptedException when this thread is to end
     */
    public A await() throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw Status.fromThrowable(e).asRuntimeException(Status.trailersFromThrowable(e));
        }
    }

    private ClientCallStreamObserver<Q> requests() {
        return Objects.requireNonNull(requests, "the call has not begun");
    }

    private synchronized void wake() {
        notifyAll();
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> stream) {
        requests = stream;
        stream.setOnReadyHandler(this::wake);
    }

    @Override
    public void onNext(A value) {
        answer = value;
        news.accept(value);
    }

    @Override
    public void onError(Throwable cause) {
        future.completeExceptionally(cause);
        wake();
    }

    @Override
    public void onCompleted() {
        if (answer == null) {
            onError(Status.INTERNAL
                    .withDescription("The server ended the call without an answer; look at its log")
                    .asRuntimeException());
        } else {
            future.complete(answer);
            wake();
        }
    }
}
