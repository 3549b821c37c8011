package dev.latent.server.models;

import dev.latent.exchange.EmbeddingFiles;
import dev.latent.exchange.Embeddings;
import dev.latent.exchange.ExchangeException;
import dev.latent.exchange.Part;
import dev.latent.exchange.Scratch;
import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.RepeatPolicy;
import dev.latent.interactions.SnapshotFiles;
import dev.latent.interactions.SnapshotOptions;
import dev.latent.models.AlgorithmIdentity;
import dev.latent.models.HoldoutFacts;
import dev.latent.models.ModelDefinition;
import dev.latent.models.ModelStore;
import dev.latent.models.PendingVersion;
import dev.latent.models.TrainingFacts;
import dev.latent.models.Version;
import dev.latent.models.VersionInfo;
import dev.latent.models.VersionMetadata;
import dev.latent.models.VersionWriter;
import dev.latent.server.errors.ApiException;
import dev.latent.server.serving.ServingModels;
import dev.latent.server.telemetry.Build;
import dev.latent.server.uploads.Upload;
import dev.latent.server.uploads.UploadOptions;
import dev.latent.spi.Section;
import dev.latent.spi.SpiVersion;
import dev.latent.spi.Task;
import dev.latent.storage.StringTable;
import dev.latent.training.HistoryCounts;
import dev.latent.v1.ImportModelVersionRequest;
import dev.latent.v1.ImportModelVersionResponse;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes embeddings that clients send as versions. Thread-safe; its calls may block. */
final class VersionImports {

    /** The algorithm of versions that were made elsewhere. */
    static final String ALGORITHM = "imported";

    private static final Logger LOG = LoggerFactory.getLogger(VersionImports.class);

    private final ModelStore models;
    private final InteractionStore interactions;
    private final ServingModels serving;
    private final UploadOptions options;

    @Inject
    VersionImports(ModelStore models, InteractionStore interactions, ServingModels serving, UploadOptions options) {
        this.models = models;
        this.interactions = interactions;
        this.serving = serving;
        this.options = options;
    }

    StreamObserver<ImportModelVersionRequest> receive(StreamObserver<ImportModelVersionResponse> responses) {
        return new VersionImportStream(this, new Upload(options), responses);
    }

    /**
     * Checks what can be checked before any file arrives.
     *
     * @return the version that this request published before, if it did
     */
    Optional<ImportModelVersionResponse> begin(VersionImportOrder order) {
        ModelDefinition model = definition(order);
        if (model.revision() == 0 || order.requestId().isEmpty()) {
            return Optional.empty();
        }
        return models.versions(order.model()).stream()
                .filter(version -> version.manifest()
                        .map(manifest -> manifest.metadata().training().hyperparameters())
                        .map(settings -> order.requestId().equals(settings.get(VersionImportOrder.REQUEST_ID)))
                        .orElse(false))
                .findFirst()
                .map(version -> ImportModelVersionResponse.newBuilder()
                        .setVersion(ModelMessages.version(version))
                        .build());
    }

    /** The model as it is, or, with revision 0, as it would be created. */
    private ModelDefinition definition(VersionImportOrder order) {
        Optional<ModelDefinition> found = models.find(order.model());
        if (found.isEmpty() && order.dataset().isEmpty()) {
            throw ApiException.notFound(
                    "model", order.model(), "give a dataset to create it on (--dataset), or check the name");
        }
        ModelDefinition model =
                found.orElseGet(() -> ModelDefinition.of(order.model(), order.dataset(), ALGORITHM, Map.of()));
        if (!order.dataset().isEmpty() && !order.dataset().equals(model.dataset())) {
            throw ApiException.of(
                    Code.FAILED_PRECONDITION,
                    "MODEL_HAS_OTHER_DATASET",
                    "Model '" + model.name() + "' is served on dataset '" + model.dataset() + "', not on '"
                            + order.dataset() + "'; leave the dataset out or import into a model of another name",
                    Map.of("model", model.name(), "actual", model.dataset(), "expected", order.dataset()));
        }
        return model;
    }

    /**
     * Reads and checks files and publishes what they hold; one import at a time, which keeps the disk and repeated requests
     * in order.
     *
     * @param order what into, and how
     * @param files received whole, in one folder of their own
     * @throws ApiException when they are refused; then nothing has changed
     */
    synchronized ImportModelVersionResponse publish(VersionImportOrder order, List<ImportedFile> files)
            throws IOException {
        Optional<ImportModelVersionResponse> before = begin(order);
        if (before.isPresent()) {
            return before.get();
        }
        Path folder = Objects.requireNonNull(files.getFirst().path().getParent());
        try (Scratch scratch = new Scratch(folder, options.maxBytes())) {
            EmbeddingFiles reader = new EmbeddingFiles(scratch);
            Embeddings embeddings = read(reader, order, files);
            boolean created = prepare(order);
            VersionInfo version = publish(order, files, embeddings);
            return ImportModelVersionResponse.newBuilder()
                    .setVersion(ModelMessages.version(version))
                    .setModelCreated(created)
                    .setZeroUserCount(embeddings.users().countZeroRows())
                    .setZeroItemCount(embeddings.items().countZeroRows())
                    .addAllIgnoredArrays(reader.ignored())
                    .build();
        }
    }

    private static Embeddings read(EmbeddingFiles reader, VersionImportOrder order, List<ImportedFile> files)
            throws IOException {
        try {
            for (ImportedFile file : files) {
                add(reader, file);
            }
            if (order.offset().isPresent()) {
                reader.addOffset(order.offset().get());
            }
            return reader.embeddings();
        } catch (ExchangeException e) {
            ApiException refused = ApiException.of(
                    Code.INVALID_ARGUMENT, "EMBEDDINGS_REFUSED", String.valueOf(e.getMessage()), Map.of());
            refused.initCause(e);
            throw refused;
        }
    }

    private static void add(EmbeddingFiles reader, ImportedFile file) throws IOException {
        switch (file.content()) {
            case CONTENT_ARCHIVE -> reader.addArchive(file.path(), file.name());
            case CONTENT_USER_FACTORS -> reader.add(Part.USER_FACTORS, file.path(), file.name());
            case CONTENT_USER_IDS -> reader.add(Part.USER_IDS, file.path(), file.name());
            case CONTENT_USER_BIASES -> reader.add(Part.USER_BIASES, file.path(), file.name());
            case CONTENT_ITEM_FACTORS -> reader.add(Part.ITEM_FACTORS, file.path(), file.name());
            case CONTENT_ITEM_IDS -> reader.add(Part.ITEM_IDS, file.path(), file.name());
            case CONTENT_ITEM_BIASES -> reader.add(Part.ITEM_BIASES, file.path(), file.name());
            case CONTENT_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("content " + file.content());
        }
    }

    /** Makes sure that the model is there; true when it had to be created. */
    private boolean prepare(VersionImportOrder order) {
        ModelDefinition model = definition(order);
        if (model.revision() > 0) {
            return false;
        }
        if (interactions.findDataset(model.dataset()).isEmpty()) {
            interactions.createDataset(model.dataset(), RepeatPolicy.LAST);
        }
        models.create(model);
        serving.modelChanged(model.name());
        return true;
    }

    private VersionInfo publish(VersionImportOrder order, List<ImportedFile> files, Embeddings embeddings)
            throws IOException {
        String dataset = models.get(order.model()).dataset();
        try (PendingVersion pending = models.begin(order.model());
                Arena arena = Arena.ofConfined()) {
            VersionWriter.write(
                    pending.directory(),
                    pending.id(),
                    embeddings.model(order.foldIn()),
                    embeddings.users().ids(),
                    embeddings.items().ids(),
                    itemCounts(dataset, embeddings.items().ids(), arena));
            try (Version version = pending.publish(metadata(order, files, dataset))) {
                LOG.info(
                        "version {}: imported from {}",
                        version.id(),
                        files.stream().map(ImportedFile::name).toList());
            }
            return models.version(order.model(), pending.number());
        }
    }

    /** Nobody tells what the vectors were trained on: the most popular items are those of the dataset at this moment. */
    private List<Section> itemCounts(String dataset, StringTable items, Arena arena) throws IOException {
        return interactions.findDataset(dataset).isEmpty()
                ? List.of()
                : List.of(HistoryCounts.ofItems(
                        items, SnapshotFiles.usersByItem(interactions, dataset, SnapshotOptions.defaults()), arena));
    }

    private static VersionMetadata metadata(VersionImportOrder order, List<ImportedFile> files, String dataset) {
        Map<String, String> settings = order.settings();
        for (ImportedFile file : files) {
            settings.put(ImportedFile.word(file.content()), file.name() + " sha256:" + file.sha256());
        }
        return new VersionMetadata(
                "",
                order.actor(),
                new AlgorithmIdentity(ALGORITHM, Build.version(), SpiVersion.current(), ""),
                new TrainingFacts(Task.RANKING, settings, 0, dataset, Map.of(), "", 0, 0),
                HoldoutFacts.none());
    }
}
