package dev.latent.server.datasets;

import dev.latent.server.errors.ApiException;
import dev.latent.server.uploads.Upload;
import dev.latent.v1.ImportInteractionsRequest;
import dev.latent.v1.ImportInteractionsResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One import while its parts arrive. Each part is written before the next is asked for, so a slow disk slows the sender.
 * What it throws ends the call.
 */
final class ImportStream implements StreamObserver<ImportInteractionsRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(ImportStream.class);

    private final Imports imports;
    private final Upload upload;
    private final StreamObserver<ImportInteractionsResponse> responses;
    private @Nullable ImportOrder order;

    ImportStream(Imports imports, Upload upload, StreamObserver<ImportInteractionsResponse> responses) {
        this.imports = imports;
        this.upload = upload;
        this.responses = responses;
    }

    @Override
    public void onNext(ImportInteractionsRequest part) {
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

    private void take(ImportInteractionsRequest part) throws IOException {
        switch (part.getPartCase()) {
            case OPTIONS -> setOrder(part.getOptions());
            case FILE -> {
                getOrder();
                upload.start(part.getFile().getName());
            }
            case CHUNK -> upload.write(part.getChunk());
            case PART_NOT_SET -> throw ApiException.invalid("part", "is missing, expected options, file or chunk");
        }
    }

    private void setOrder(dev.latent.v1.ImportOptions options) {
        if (order != null) {
            throw ApiException.invalid("options", "come for the second time, expected once, first of all");
        }
        order = ImportOrder.of(options);
    }

    private ImportOrder getOrder() {
        ImportOrder given = order;
        if (given == null) {
            throw ApiException.invalid("options", "are missing, expected first of all");
        }
        return given;
    }

    @Override
    public void onCompleted() {
        try {
            ImportOrder given = getOrder();
            List<Path> files = upload.finish();
            if (files.isEmpty()) {
                throw ApiException.invalid("file", "is missing, expected at least one");
            }
            responses.onNext(imports.take(given, files));
        } catch (IOException e) {
            throw new UncheckedIOException("The upload cannot be stored", e);
        } finally {
            discard();
        }
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
