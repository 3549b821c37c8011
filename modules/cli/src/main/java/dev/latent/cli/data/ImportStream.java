package dev.latent.cli.data;

import com.google.protobuf.ByteString;
import dev.latent.cli.session.UploadCall;
import dev.latent.cli.terminal.ProgressLine;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.DatasetServiceGrpc;
import dev.latent.v1.ImportFile;
import dev.latent.v1.ImportInteractionsRequest;
import dev.latent.v1.ImportInteractionsResponse;
import dev.latent.v1.ImportOptions;
import io.grpc.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends files as fast as the server takes them, and waits for what became of them. For one import. */
final class ImportStream {

    private static final int CHUNK_BYTES = 256 * 1024;

    private final Channel channel;
    private final ProgressLine progress;
    private final UploadCall<ImportInteractionsRequest, ImportInteractionsResponse> call = new UploadCall<>();
    private long sentBytes;

    ImportStream(Channel channel, ProgressLine progress) {
        this.channel = channel;
        this.progress = progress;
    }

    ImportInteractionsResponse send(ImportOptions options, ImportSource source)
            throws IOException, InterruptedException {
        DatasetServiceGrpc.newStub(channel).importInteractions(call);
        try {
            call.put(ImportInteractionsRequest.newBuilder().setOptions(options).build());
            for (Path file : source.files()) {
                sendFile(file, source.bytes());
            }
        } catch (IOException e) {
            call.cancel("A file could not be read", e);
            throw e;
        }
        if (!call.isOver()) {
            call.complete();
            progress.update("import", -1, "the server takes it in…", "sent; the server takes it in");
        }
        return call.await();
    }

    private void sendFile(Path file, long allBytes) throws IOException, InterruptedException {
        String name = ImportSource.nameOf(file);
        call.put(ImportInteractionsRequest.newBuilder()
                .setFile(ImportFile.newBuilder().setName(name))
                .build());
        byte[] buffer = new byte[CHUNK_BYTES];
        try (InputStream content = Files.newInputStream(file)) {
            for (int count = content.readNBytes(buffer, 0, CHUNK_BYTES);
                    count > 0 && !call.isOver();
                    count = content.readNBytes(buffer, 0, CHUNK_BYTES)) {
                call.put(ImportInteractionsRequest.newBuilder()
                        .setChunk(ByteString.copyFrom(buffer, 0, count))
                        .build());
                sentBytes += count;
                double share = allBytes == 0 ? 1 : (double) sentBytes / allBytes;
                progress.update("import", share, Words.size(sentBytes) + "  " + name, "sending " + name);
            }
        }
    }
}
