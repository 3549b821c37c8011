package dev.latent.server.datasets;

import dev.latent.interactions.DatasetExistsException;
import dev.latent.interactions.ImportResult;
import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.InvalidValueException;
import dev.latent.interactions.RepeatPolicy;
import dev.latent.server.errors.ApiException;
import dev.latent.server.telemetry.StoreMeters;
import dev.latent.server.uploads.Upload;
import dev.latent.server.uploads.UploadOptions;
import dev.latent.v1.ImportInteractionsRequest;
import dev.latent.v1.ImportInteractionsResponse;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes uploaded files into datasets. Thread-safe; its calls may block. */
final class Imports {

    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

    private final InteractionStore store;
    private final DatasetChanges changes;
    private final StoreMeters meters;
    private final UploadOptions options;

    @Inject
    Imports(InteractionStore store, DatasetChanges changes, StoreMeters meters, UploadOptions options) {
        this.store = store;
        this.changes = changes;
        this.meters = meters;
        this.options = options;
    }

    StreamObserver<ImportInteractionsRequest> receive(StreamObserver<ImportInteractionsResponse> responses) {
        return new ImportStream(this, new Upload(options), responses);
    }

    /**
     * Takes files in.
     *
     * @param order what into, and how
     * @param files uploaded, under the names that the client gave, in one folder
     * @return what became of them
     */
    ImportInteractionsResponse take(ImportOrder order, List<Path> files) {
        boolean created = prepare(order);
        ImportResult result = null;
        try {
            result = read(order, files);
        } finally {
            if (created && (result == null || result.state() == ImportResult.State.REFUSED)) {
                store.deleteDataset(order.dataset());
            }
        }
        report(order, result);
        ImportInteractionsResponse.Builder response =
                ImportInteractionsResponse.newBuilder().addAllFiles(DatasetMessages.files(result));
        store.findDataset(order.dataset())
                .ifPresent(dataset -> response.setDataset(DatasetMessages.dataset(dataset, store)));
        return response.build();
    }

    /** Makes sure that the dataset is there; true when it had to be created. */
    private boolean prepare(ImportOrder order) {
        Optional<dev.latent.interactions.Dataset> found = store.findDataset(order.dataset());
        if (found.isPresent()) {
            checkPolicy(order, found.get());
            return false;
        }
        try {
            store.createDataset(order.dataset(), order.policy().orElse(RepeatPolicy.LAST));
            return true;
        } catch (DatasetExistsException e) {
            checkPolicy(order, e.existing()); // created by another call in between
            return false;
        }
    }

    private static void checkPolicy(ImportOrder order, dev.latent.interactions.Dataset existing) {
        if (order.policy().isPresent() && order.policy().get() != existing.policy()) {
            throw ApiException.of(
                    Code.FAILED_PRECONDITION,
                    "REPEAT_POLICY_DIFFERS",
                    "Dataset '" + order.dataset() + "' has repeat policy " + existing.policy()
                            + ", the import asks for " + order.policy().get()
                            + "; leave the policy out or import into another dataset",
                    Map.of(
                            "dataset", order.dataset(),
                            "actual", existing.policy().name(),
                            "expected", order.policy().get().name()));
        }
    }

    private ImportResult read(ImportOrder order, List<Path> files) {
        Path first = files.getFirst();
        Path path = files.size() == 1 ? first : first.resolveSibling("");
        try {
            return store.importPath(order.dataset(), path, order.options());
        } catch (InvalidValueException e) {
            if (!e.field().equals("path")) {
                throw e;
            }
            throw ApiException.invalid(
                    "file.name",
                    "of none of the " + files.size() + " files is ratings.csv, ratings.dat, u.data or interactions.csv"
                            + " (plain or .gz); send a folder with one of these, or a single file");
        }
    }

    private void report(ImportOrder order, ImportResult result) {
        LOG.info(
                "dataset {}: import of {} is {}: {} interactions, {} item records, {} user records, {} problems",
                order.dataset(),
                result.files(),
                result.state(),
                result.interactions(),
                result.itemRecords(),
                result.userRecords(),
                result.problemCount());
        if (result.state() == ImportResult.State.IMPORTED) {
            meters.imported(result.interactions());
            changes.datasetChanged(order.dataset());
        }
    }
}
