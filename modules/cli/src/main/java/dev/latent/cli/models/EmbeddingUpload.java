package dev.latent.cli.models;

import com.google.protobuf.ByteString;
import dev.latent.cli.session.UploadCall;
import dev.latent.cli.terminal.ProgressLine;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.ImportModelVersionRequest;
import dev.latent.v1.ImportModelVersionResponse;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.VersionImportFile;
import dev.latent.v1.VersionImportFile.Content;
import dev.latent.v1.VersionImportFileEnd;
import dev.latent.v1.VersionImportOptions;
import io.grpc.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/** Sends files of embeddings with their checksums, and waits for the version they become. For one import. */
final class EmbeddingUpload {

    private static final int CHUNK_BYTES = 256 * 1024;

    private final Channel channel;
    private final ProgressLine progress;
    private final UploadCall<ImportModelVersionRequest, ImportModelVersionResponse> call = new UploadCall<>();
    private long sentBytes;

    EmbeddingUpload(Channel channel, ProgressLine progress) {
        this.channel = channel;
        this.progress = progress;
    }

    ImportModelVersionResponse send(VersionImportOptions options, Map<Content, Path> files)
            throws IOException, InterruptedException {
        long allBytes = 0;
        for (Path file : files.values()) {
            allBytes += Files.size(file);
        }
        ModelServiceGrpc.newStub(channel).importModelVersion(call);
        try {
            call.put(ImportModelVersionRequest.newBuilder().setOptions(options).build());
            for (Map.Entry<Content, Path> file : files.entrySet()) {
                sendFile(file.getKey(), file.getValue(), Math.max(1, allBytes));
            }
        } catch (IOException e) {
            call.cancel("A file could not be read", e);
            throw e;
        }
        if (!call.isOver()) {
            call.complete();
            progress.update("import", -1, "the server checks and seals it…", "sent; the server checks and seals it");
        }
        return call.await();
    }

    private void sendFile(Content content, Path file, long allBytes) throws IOException, InterruptedException {
        String name = Objects.requireNonNullElse(file.getFileName(), file).toString();
        call.put(ImportModelVersionRequest.newBuilder()
                .setFile(VersionImportFile.newBuilder().setContent(content).setName(name))
                .build());
        MessageDigest digest = newSha256();
        byte[] buffer = new byte[CHUNK_BYTES];
        try (InputStream bytes = Files.newInputStream(file)) {
            for (int count = bytes.readNBytes(buffer, 0, CHUNK_BYTES);
                    count > 0 && !call.isOver();
                    count = bytes.readNBytes(buffer, 0, CHUNK_BYTES)) {
                digest.update(buffer, 0, count);
                call.put(ImportModelVersionRequest.newBuilder()
                        .setChunk(ByteString.copyFrom(buffer, 0, count))
                        .build());
                sentBytes += count;
                progress.update(
                        "import",
                        (double) sentBytes / allBytes,
                        Words.size(sentBytes) + "  " + name,
                        "sending " + name);
            }
        }
        call.put(ImportModelVersionRequest.newBuilder()
                .setEnd(VersionImportFileEnd.newBuilder()
                        .setSha256(HexFormat.of().formatHex(digest.digest())))
                .build());
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
