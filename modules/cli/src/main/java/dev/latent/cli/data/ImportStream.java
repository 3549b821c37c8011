package dev.latent.cli.data;

import com.google.protobuf.ByteString;
import dev.latent.cli.terminal.ProgressLine;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.DatasetServiceGrpc;
import dev.latent.v1.ImportFile;
import dev.latent.v1.ImportInteractionsRequest;
import dev.latent.v1.ImportInteractionsResponse;
import dev.latent.v1.ImportOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Sends files as fast as the server takes them, and waits for what became of them. For one import. */
final class ImportStream {

    private static final int CHUNK_BYTES = 256 * 1024;

    private final Channel channel;
    private final ProgressLine progress;
    private final Answer answer = new Answer();
    private long sentBytes;

    ImportStream(Channel channel, ProgressLine progress) {
        this.channel = channel;
        this.progress = progress;
    }

    ImportInteractionsResponse send(ImportOptions options, ImportSource source)
            throws IOException, InterruptedException {
        var requests = (ClientCallStreamObserver<ImportInteractionsRequest>)
                DatasetServiceGrpc.newStub(channel).importInteractions(answer);
        try {
            put(requests, ImportInteractionsRequest.newBuilder().setOptions(options));
            for (Path file : source.files()) {
                sendFile(requests, file, source.bytes());
            }
        } catch (IOException e) {
            requests.cancel("A file could not be read", e);
            throw e;
        }
        if (!answer.future.isDone()) {
            requests.onCompleted();
            progress.update("import", -1, "the server takes it in…", "sent; the server takes it in");
        }
        return await();
    }

    private void sendFile(ClientCallStreamObserver<ImportInteractionsRequest> requests, Path file, long allBytes)
            throws IOException, InterruptedException {
        String name = ImportSource.nameOf(file);
        put(
                requests,
                ImportInteractionsRequest.newBuilder()
                        .setFile(ImportFile.newBuilder().setName(name)));
        byte[] buffer = new byte[CHUNK_BYTES];
        try (InputStream content = Files.newInputStream(file)) {
            for (int count = content.readNBytes(buffer, 0, CHUNK_BYTES);
                    count > 0 && !answer.future.isDone();
                    count = content.readNBytes(buffer, 0, CHUNK_BYTES)) {
                put(requests, ImportInteractionsRequest.newBuilder().setChunk(ByteString.copyFrom(buffer, 0, count)));
                sentBytes += count;
                double share = allBytes == 0 ? 1 : (double) sentBytes / allBytes;
                progress.update("import", share, Words.size(sentBytes) + "  " + name, "sending " + name);
            }
        }
    }

    private void put(
            ClientCallStreamObserver<ImportInteractionsRequest> requests, ImportInteractionsRequest.Builder request)
            throws InterruptedException {
        if (answer.awaitRoom(requests)) {
            requests.onNext(request.build());
        }
    }

    private ImportInteractionsResponse await() throws InterruptedException {
        try {
            return answer.future.get();
        } catch (ExecutionException e) {
            throw Status.fromThrowable(e).asRuntimeException(Status.trailersFromThrowable(e));
        }
    }

    /** What the server says, and when it takes more. */
    private static final class Answer
            implements ClientResponseObserver<ImportInteractionsRequest, ImportInteractionsResponse> {

        private final CompletableFuture<ImportInteractionsResponse> future = new CompletableFuture<>();
        private @Nullable ImportInteractionsResponse response;

        /** Returns false when the call has ended and nothing more is to be sent. */
        synchronized boolean awaitRoom(ClientCallStreamObserver<ImportInteractionsRequest> requests)
                throws InterruptedException {
            while (!requests.isReady() && !future.isDone()) {
                wait();
            }
            return !future.isDone();
        }

        private synchronized void wake() {
            notifyAll();
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<ImportInteractionsRequest> requests) {
            requests.setOnReadyHandler(this::wake);
        }

        @Override
        public void onNext(ImportInteractionsResponse value) {
            response = value;
        }

        @Override
        public void onError(Throwable cause) {
            future.completeExceptionally(cause);
            wake();
        }

        @Override
        public void onCompleted() {
            if (response == null) {
                onError(Status.INTERNAL
                        .withDescription("The server ended the import without an answer; look at its log")
                        .asRuntimeException());
            } else {
                future.complete(response);
                wake();
            }
        }
    }
}
