package dev.latent.server.models;

import com.google.protobuf.ByteString;
import dev.latent.server.errors.ApiException;
import dev.latent.server.errors.FieldChecks;
import dev.latent.server.uploads.Upload;
import dev.latent.v1.ImportModelVersionRequest;
import dev.latent.v1.ImportModelVersionResponse;
import dev.latent.v1.VersionImportFile;
import dev.latent.v1.VersionImportFile.Content;
import dev.latent.v1.VersionImportOptions;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One import of embeddings while its parts arrive. Each part is written before the next is asked for, so a slow disk slows
 * the sender. What it throws ends the call.
 */
final class VersionImportStream implements StreamObserver<ImportModelVersionRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(VersionImportStream.class);
    private static final int MAX_NAME = 200;

    private final VersionImports imports;
    private final Upload upload;
    private final StreamObserver<ImportModelVersionResponse> responses;
    private final MessageDigest digest = newSha256();
    private final List<VersionImportFile> headers = new ArrayList<>();
    private final List<String> digests = new ArrayList<>();
    private @Nullable VersionImportOrder order;
    private boolean answered;

    VersionImportStream(VersionImports imports, Upload upload, StreamObserver<ImportModelVersionResponse> responses) {
        this.imports = imports;
        this.upload = upload;
        this.responses = responses;
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public void onNext(ImportModelVersionRequest part) {
        if (answered) {
            return; // sent before the client saw the answer
        }
        boolean taken = false;
        try {
            take(part);
            taken = true;
        } catch (IOException e) {
            throw new UncheckedIOException("The upload cannot be stored", e);
        } finally {
            if (!taken) {
                discard();
            }
        }
    }

    private void take(ImportModelVersionRequest part) throws IOException {
        switch (part.getPartCase()) {
            case OPTIONS -> setOrder(part.getOptions());
            case FILE -> start(part.getFile());
            case CHUNK -> write(part.getChunk());
            case END -> end(part.getEnd().getSha256());
            case PART_NOT_SET -> throw ApiException.invalid("part", "is missing, expected options, file, chunk or end");
        }
    }

    private void setOrder(VersionImportOptions options) {
        if (order != null) {
            throw ApiException.invalid("options", "come for the second time, expected once, first of all");
        }
        VersionImportOrder given = VersionImportOrder.of(options);
        order = given;
        imports.begin(given).ifPresent(this::answer);
    }

    private void start(VersionImportFile file) throws IOException {
        getOrder();
        checkEnded();
        Content content = file.getContent();
        new FieldChecks()
                .require(
                        !ImportedFile.word(content).isEmpty(),
                        "file.content",
                        "is not known, expected one of the contents of the contract but CONTENT_UNSPECIFIED")
                .require(
                        !file.getName().isEmpty()
                                && file.getName().length() <= MAX_NAME
                                && file.getName().chars().noneMatch(Character::isISOControl),
                        "file.name",
                        "is not the name of a file, expected 1 to " + MAX_NAME + " characters without controls")
                .require(
                        headers.stream().noneMatch(before -> before.getContent() == content),
                        "file.content",
                        "is " + content + " for the second time, expected each once")
                .check();
        upload.start(ImportedFile.word(content));
        headers.add(file);
    }

    private void write(ByteString chunk) throws IOException {
        if (headers.size() == digests.size()) {
            throw ApiException.invalid("chunk", "belongs to no file; send its header first");
        }
        for (ByteBuffer bytes : chunk.asReadOnlyByteBufferList()) {
            digest.update(bytes);
        }
        upload.write(chunk);
    }

    private void end(String stated) {
        if (headers.size() == digests.size()) {
            throw ApiException.invalid("end", "belongs to no file; send its header first");
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        String name = headers.getLast().getName();
        if (!actual.equalsIgnoreCase(stated)) {
            String expected = stated.replaceAll("[^0-9a-fA-F]", "?");
            throw ApiException.of(
                    Code.DATA_LOSS,
                    "UPLOAD_DAMAGED",
                    "File " + name + " arrived with SHA-256 " + actual + ", expected "
                            + expected.substring(0, Math.min(64, expected.length()))
                            + " as its sender says; it changed while it was read or on its way, send it again",
                    Map.of("file", name, "actual", actual));
        }
        digests.add(actual);
    }

    private void checkEnded() {
        if (headers.size() != digests.size()) {
            throw ApiException.invalid(
                    "end", "is missing after file '" + headers.getLast().getName() + "', expected its SHA-256");
        }
    }

    private VersionImportOrder getOrder() {
        return Optional.ofNullable(order)
                .orElseThrow(() -> ApiException.invalid("options", "are missing, expected first of all"));
    }

    @Override
    public void onCompleted() {
        if (answered) {
            return;
        }
        try {
            VersionImportOrder given = getOrder();
            checkEnded();
            List<Path> paths = upload.finish();
            if (paths.isEmpty()) {
                throw ApiException.invalid("file", "is missing, expected vectors and ids of users and items");
            }
            answer(imports.publish(given, files(paths)));
        } catch (IOException e) {
            throw new UncheckedIOException("The import cannot be stored", e);
        } finally {
            discard();
        }
    }

    private List<ImportedFile> files(List<Path> paths) {
        List<ImportedFile> files = new ArrayList<>();
        for (int number = 0; number < paths.size(); number++) {
            VersionImportFile header = headers.get(number);
            files.add(new ImportedFile(header.getContent(), header.getName(), paths.get(number), digests.get(number)));
        }
        return files;
    }

    private void answer(ImportModelVersionResponse response) {
        answered = true;
        responses.onNext(response);
        responses.onCompleted();
    }

    @Override
    public void onError(Throwable cause) {
        discard(); // the client has gone
    }

    private void discard() {
        try {
            upload.close();
        } catch (IOException e) {
            LOG.warn("An upload could not be removed and will be when the server starts next: {}", e.toString());
        }
    }
}
