package dev.latent.server.models;

import dev.latent.exchange.EmbeddingExport;
import dev.latent.exchange.EmbeddingFormat;
import dev.latent.exchange.Embeddings;
import dev.latent.exchange.ExchangeException;
import dev.latent.exchange.Part;
import dev.latent.models.ModelStore;
import dev.latent.models.Version;
import dev.latent.server.errors.ApiException;
import dev.latent.server.uploads.UploadOptions;
import dev.latent.spi.EmbeddingModel;
import dev.latent.spi.FoldIn;
import dev.latent.storage.FileOperations;
import dev.latent.v1.ExportModelVersionRequest.Format;
import dev.latent.v1.ExportModelVersionResponse;
import dev.latent.v1.VersionExport;
import dev.latent.v1.VersionImportFile.Content;
import io.grpc.Status.Code;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Sends the embeddings of versions as files, which are written beside uploads first. Thread-safe; its calls may block. */
final class VersionExports {

    private final ModelStore models;
    private final UploadOptions options;

    @Inject
    VersionExports(ModelStore models, UploadOptions options) {
        this.models = models;
        this.options = options;
    }

    void send(String model, int number, Format format, ServerCallStreamObserver<ExportModelVersionResponse> responses) {
        EmbeddingFormat form = format(format);
        try (Version version = models.open(model, number)) {
            EmbeddingModel embedding = embedding(version);
            VersionExport start = VersionExport.newBuilder()
                    .setVersion(ModelMessages.version(models.version(model, number)))
                    .setOffset(embedding.offset())
                    .setFoldsIn(!(embedding.foldIn() instanceof FoldIn.None))
                    .build();
            send(start, embeddings(version, embedding), form, responses);
        } catch (IOException e) {
            throw new UncheckedIOException("The export cannot be written", e);
        }
    }

    /** The vectors of a version, which it may have none of. */
    static EmbeddingModel embedding(Version version) {
        String algorithm = version.manifest().metadata().algorithm().name();
        return version.embedding()
                .orElseThrow(() -> ApiException.of(
                        Code.FAILED_PRECONDITION,
                        "NO_EMBEDDINGS",
                        "Version " + version.id() + " scores by the code of algorithm '" + algorithm
                                + "' and has no vectors to export; export a version of wals or sgd",
                        Map.of("version", version.id(), "algorithm", algorithm)));
    }

    private static EmbeddingFormat format(Format format) {
        return switch (format) {
            case FORMAT_UNSPECIFIED, FORMAT_NPZ -> EmbeddingFormat.NPZ;
            case FORMAT_NPY -> EmbeddingFormat.NPY;
            case FORMAT_WORD2VEC -> EmbeddingFormat.WORD2VEC;
            case FORMAT_PARQUET -> EmbeddingFormat.PARQUET;
            case UNRECOGNIZED ->
                throw ApiException.invalid(
                        "format", "is not known, expected one of the formats of the contract, such as FORMAT_NPZ");
        };
    }

    private static Embeddings embeddings(Version version, EmbeddingModel model) {
        return new Embeddings(
                new Embeddings.Side(version.users(), model.users(), model.userBiases()),
                new Embeddings.Side(version.items(), model.items(), model.itemBiases()),
                model.offset());
    }

    private void send(
            VersionExport start,
            Embeddings embeddings,
            EmbeddingFormat format,
            ServerCallStreamObserver<ExportModelVersionResponse> responses)
            throws IOException {
        Files.createDirectories(options.folder());
        Path folder = Files.createTempDirectory(options.folder(), "export-");
        boolean started = false;
        try {
            Map<Optional<Part>, Path> files = EmbeddingExport.write(embeddings, format, folder);
            VersionExportStream stream = new VersionExportStream(folder, responses);
            for (Map.Entry<Optional<Part>, Path> file : files.entrySet()) {
                stream.add(content(file.getKey()), file.getValue());
            }
            stream.start(start);
            started = true;
        } catch (ExchangeException e) {
            throw ApiException.of(
                    Code.FAILED_PRECONDITION,
                    "FORMAT_CANNOT_HOLD",
                    "Version " + start.getVersion().getName() + ": " + e.getMessage(),
                    Map.of("version", start.getVersion().getName()));
        } finally {
            if (!started) {
                FileOperations.system().deleteTree(folder);
            }
        }
    }

    private static Content content(Optional<Part> part) {
        return part.map(found -> switch (found) {
                    case USER_FACTORS -> Content.CONTENT_USER_FACTORS;
                    case USER_IDS -> Content.CONTENT_USER_IDS;
                    case USER_BIASES -> Content.CONTENT_USER_BIASES;
                    case ITEM_FACTORS -> Content.CONTENT_ITEM_FACTORS;
                    case ITEM_IDS -> Content.CONTENT_ITEM_IDS;
                    case ITEM_BIASES -> Content.CONTENT_ITEM_BIASES;
                    case OFFSET -> throw new IllegalArgumentException("No file holds the offset alone");
                })
                .orElse(Content.CONTENT_ARCHIVE);
    }
}
