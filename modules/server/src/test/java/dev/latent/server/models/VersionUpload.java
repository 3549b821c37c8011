package dev.latent.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.latent.server.TestServer;
import dev.latent.v1.ExportModelVersionRequest;
import dev.latent.v1.ExportModelVersionRequest.Format;
import dev.latent.v1.ExportModelVersionResponse;
import dev.latent.v1.ImportModelVersionRequest;
import dev.latent.v1.ImportModelVersionResponse;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.VersionExportFile;
import dev.latent.v1.VersionImportFile;
import dev.latent.v1.VersionImportFile.Content;
import dev.latent.v1.VersionImportFileEnd;
import dev.latent.v1.VersionImportOptions;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Sends embeddings to a server. */
final class VersionUpload {

    private VersionUpload() {}

    static ImportModelVersionResponse send(
            TestServer server, VersionImportOptions options, Map<Content, byte[]> files) {
        List<ImportModelVersionRequest> parts = new ArrayList<>();
        parts.add(ImportModelVersionRequest.newBuilder().setOptions(options).build());
        files.forEach((content, bytes) -> parts.addAll(file(content, bytes)));
        return send(server, parts);
    }

    static List<ImportModelVersionRequest> file(Content content, byte[] bytes) {
        List<ImportModelVersionRequest> parts = new ArrayList<>();
        parts.add(ImportModelVersionRequest.newBuilder()
                .setFile(VersionImportFile.newBuilder().setContent(content).setName("F." + content.getNumber()))
                .build());
        for (int from = 0; from < bytes.length; from += 100) {
            parts.add(ImportModelVersionRequest.newBuilder()
                    .setChunk(ByteString.copyFrom(bytes, from, Math.min(100, bytes.length - from)))
                    .build());
        }
        parts.add(ImportModelVersionRequest.newBuilder()
                .setEnd(VersionImportFileEnd.newBuilder().setSha256(sha256(bytes)))
                .build());
        return parts;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static ImportModelVersionResponse send(TestServer server, List<ImportModelVersionRequest> parts) {
        CompletableFuture<ImportModelVersionResponse> answer = new CompletableFuture<>();
        StreamObserver<ImportModelVersionRequest> requests = ModelServiceGrpc.newStub(server.channel())
                .importModelVersion(new StreamObserver<>() {
                    @Override
                    public void onNext(ImportModelVersionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable cause) {
                        answer.completeExceptionally(cause);
                    }

                    @Override
                    public void onCompleted() {}
                });
        parts.forEach(requests::onNext);
        requests.onCompleted();
        try {
            return answer.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (StatusRuntimeException) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Receives the files of a version, and checks that each is as its header says. */
    static Map<Content, byte[]> export(TestServer server, String version, Format format) {
        Map<Content, byte[]> files = new EnumMap<>(Content.class);
        Iterator<ExportModelVersionResponse> parts = server.models()
                .exportModelVersion(ExportModelVersionRequest.newBuilder()
                        .setName(version)
                        .setFormat(format)
                        .build());
        assertThat(parts.next().getStart().getVersion().getName()).isEqualTo(version);
        VersionExportFile header = VersionExportFile.getDefaultInstance();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (parts.hasNext()) {
            ExportModelVersionResponse part = parts.next();
            if (part.hasFile()) {
                header = part.getFile();
                bytes.reset();
            } else {
                bytes.writeBytes(part.getChunk().toByteArray());
            }
            if (bytes.size() == header.getSizeBytes()) {
                assertThat(sha256(bytes.toByteArray())).isEqualTo(header.getSha256());
                files.put(header.getContent(), bytes.toByteArray());
            }
        }
        return files;
    }

    /** A matrix as {@code numpy.save} writes it. */
    static byte[] npy(float[][] rows) {
        int columns = rows[0].length;
        StringBuilder header = new StringBuilder(
                "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows.length + ", " + columns + "), }");
        while ((header.length() + 11) % 64 != 0) {
            header.append(' ');
        }
        header.append('\n');
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + rows.length * columns * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length())
                .put(header.toString().getBytes(StandardCharsets.ISO_8859_1));
        for (float[] row : rows) {
            for (float value : row) {
                bytes.putFloat(value);
            }
        }
        return bytes.array();
    }

    static byte[] lines(List<String> ids) {
        return (String.join("\n", ids) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
