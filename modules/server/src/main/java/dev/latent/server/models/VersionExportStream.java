package dev.latent.server.models;

import com.google.protobuf.ByteString;
import dev.latent.storage.FileOperations;
import dev.latent.v1.ExportModelVersionResponse;
import dev.latent.v1.VersionExport;
import dev.latent.v1.VersionExportFile;
import dev.latent.v1.VersionImportFile.Content;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files on their way to a client, read as fast as it takes them, in a folder of their own that is gone when the call ends.
 * Its methods are called one after the other, as gRPC does with the handlers of one call.
 */
final class VersionExportStream {

    private static final Logger LOG = LoggerFactory.getLogger(VersionExportStream.class);
    private static final int CHUNK_BYTES = 256 * 1024;

    private final Path folder;
    private final ServerCallStreamObserver<ExportModelVersionResponse> responses;
    private final ArrayDeque<Outgoing> files = new ArrayDeque<>();
    private @Nullable InputStream current;
    private boolean ended;

    VersionExportStream(Path folder, ServerCallStreamObserver<ExportModelVersionResponse> responses) {
        this.folder = folder;
        this.responses = responses;
    }

    /**
     * A file to send.
     *
     * @param header comes before its bytes
     * @param path where they are
     */
    private record Outgoing(VersionExportFile header, Path path) {}

    /** Adds a file, which is complete. */
    void add(Content content, Path path) throws IOException {
        MessageDigest digest = VersionImportStream.newSha256();
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(path), digest)) {
            bytes.transferTo(java.io.OutputStream.nullOutputStream());
        }
        VersionExportFile header = VersionExportFile.newBuilder()
                .setContent(content)
                .setSizeBytes(Files.size(path))
                .setSha256(HexFormat.of().formatHex(digest.digest()))
                .build();
        files.add(new Outgoing(header, path));
    }

    /** Begins to send; must be called before the call's method returns. */
    void start(VersionExport export) {
        responses.setOnReadyHandler(this::send);
        responses.setOnCancelHandler(this::end);
        responses.onNext(
                ExportModelVersionResponse.newBuilder().setStart(export).build());
        send();
    }

    private void send() {
        boolean whole = false;
        try {
            while (!ended && responses.isReady()) {
                sendNext();
            }
            whole = true;
        } catch (IOException e) {
            throw new UncheckedIOException("The export cannot be read", e);
        } finally {
            if (!whole) {
                end();
            }
        }
    }

    private void sendNext() throws IOException {
        InputStream bytes = current;
        if (bytes != null) {
            sendChunk(bytes, ByteString.copyFrom(bytes.readNBytes(CHUNK_BYTES)));
        } else if (files.isEmpty()) {
            end();
            responses.onCompleted();
        } else {
            Outgoing file = files.remove();
            current = Files.newInputStream(file.path());
            responses.onNext(ExportModelVersionResponse.newBuilder()
                    .setFile(file.header())
                    .build());
        }
    }

    private void sendChunk(InputStream bytes, ByteString chunk) throws IOException {
        if (chunk.isEmpty()) {
            bytes.close();
            current = null;
        } else {
            responses.onNext(
                    ExportModelVersionResponse.newBuilder().setChunk(chunk).build());
        }
    }

    private void end() {
        ended = true;
        InputStream open = current;
        current = null;
        try {
            if (open != null) {
                open.close();
            }
            FileOperations.system().deleteTree(folder);
        } catch (IOException e) {
            LOG.warn("An export could not be removed and will be when the server starts next: {}", e.toString());
        }
    }
}
