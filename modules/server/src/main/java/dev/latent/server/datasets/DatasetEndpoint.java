package dev.latent.server.datasets;

import dev.latent.interactions.DatasetExistsException;
import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.ItemRecord;
import dev.latent.interactions.UserRecord;
import dev.latent.models.ModelDefinition;
import dev.latent.models.ModelStore;
import dev.latent.server.errors.ApiException;
import dev.latent.server.errors.FieldChecks;
import dev.latent.server.paging.Pages;
import dev.latent.v1.BatchGetItemsRequest;
import dev.latent.v1.BatchGetItemsResponse;
import dev.latent.v1.BatchGetUsersRequest;
import dev.latent.v1.BatchGetUsersResponse;
import dev.latent.v1.CreateDatasetRequest;
import dev.latent.v1.CreateDatasetResponse;
import dev.latent.v1.Dataset;
import dev.latent.v1.DatasetServiceGrpc.DatasetServiceImplBase;
import dev.latent.v1.DeleteDatasetRequest;
import dev.latent.v1.DeleteDatasetResponse;
import dev.latent.v1.GetDatasetRequest;
import dev.latent.v1.GetDatasetResponse;
import dev.latent.v1.ImportInteractionsRequest;
import dev.latent.v1.ImportInteractionsResponse;
import dev.latent.v1.ListDatasetsRequest;
import dev.latent.v1.ListDatasetsResponse;
import dev.latent.v1.ListItemsRequest;
import dev.latent.v1.ListItemsResponse;
import dev.latent.v1.ListUsersRequest;
import dev.latent.v1.ListUsersResponse;
import dev.latent.v1.PutItemsRequest;
import dev.latent.v1.PutItemsResponse;
import dev.latent.v1.PutUsersRequest;
import dev.latent.v1.PutUsersResponse;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dataset service. */
public final class DatasetEndpoint extends DatasetServiceImplBase {

    private static final int MAX_RECORDS = 10_000;

    private final InteractionStore store;
    private final ModelStore models;
    private final DatasetChanges changes;
    private final Imports imports;

    @Inject
    DatasetEndpoint(InteractionStore store, ModelStore models, DatasetChanges changes, Imports imports) {
        this.store = store;
        this.models = models;
        this.changes = changes;
        this.imports = imports;
    }

    private static <A> void respond(StreamObserver<A> responses, A response) {
        responses.onNext(response);
        responses.onCompleted();
    }

    @Override
    public void createDataset(CreateDatasetRequest request, StreamObserver<CreateDatasetResponse> responses) {
        Dataset asked = request.getDataset();
        new FieldChecks().name("dataset.name", asked.getName()).check();
        dev.latent.interactions.Dataset created = create(asked);
        respond(
                responses,
                CreateDatasetResponse.newBuilder()
                        .setDataset(DatasetMessages.dataset(created, store))
                        .build());
    }

    /** Creates it; one that is there already with the same policy is as good. */
    private dev.latent.interactions.Dataset create(Dataset asked) {
        var policy = DatasetMessages.policy("dataset.repeat_policy", asked.getRepeatPolicy());
        try {
            return store.createDataset(asked.getName(), policy);
        } catch (DatasetExistsException e) {
            if (e.existing().policy() == policy) {
                return e.existing();
            }
            throw e;
        }
    }

    @Override
    public void getDataset(GetDatasetRequest request, StreamObserver<GetDatasetResponse> responses) {
        new FieldChecks().name("name", request.getName()).check();
        respond(
                responses,
                GetDatasetResponse.newBuilder()
                        .setDataset(DatasetMessages.dataset(existing(request.getName()), store))
                        .build());
    }

    private dev.latent.interactions.Dataset existing(String name) {
        return store.findDataset(name)
                .orElseThrow(() -> ApiException.notFound(
                        "dataset", name, "create it or import into it first: latent import " + name + " PATH"));
    }

    @Override
    public void listDatasets(ListDatasetsRequest request, StreamObserver<ListDatasetsResponse> responses) {
        Pages<dev.latent.interactions.Dataset> page = Pages.cut(
                store.datasets(),
                dev.latent.interactions.Dataset::name,
                request.getPageSize(),
                request.getPageToken(),
                "datasets");
        respond(
                responses,
                ListDatasetsResponse.newBuilder()
                        .addAllDatasets(page.entries().stream()
                                .map(dataset -> DatasetMessages.dataset(dataset, store))
                                .toList())
                        .setNextPageToken(page.nextToken())
                        .build());
    }

    @Override
    public void deleteDataset(DeleteDatasetRequest request, StreamObserver<DeleteDatasetResponse> responses) {
        String name = request.getName();
        new FieldChecks().name("name", name).check();
        existing(name);
        checkUnused(name);
        store.deleteDataset(name);
        changes.datasetChanged(name);
        respond(responses, DeleteDatasetResponse.getDefaultInstance());
    }

    private void checkUnused(String name) {
        Optional<ModelDefinition> user = models.list().stream()
                .filter(model -> model.dataset().equals(name))
                .findFirst();
        if (user.isPresent()) {
            String model = user.get().name();
            throw ApiException.of(
                    Code.FAILED_PRECONDITION,
                    "DATASET_IN_USE",
                    "Dataset '" + name + "' is in use by model '" + model + "'; delete the model first",
                    Map.of("dataset", name, "model", model));
        }
    }

    @Override
    public StreamObserver<ImportInteractionsRequest> importInteractions(
            StreamObserver<ImportInteractionsResponse> responses) {
        return imports.receive(responses);
    }

    @Override
    public void putItems(PutItemsRequest request, StreamObserver<PutItemsResponse> responses) {
        FieldChecks checks = new FieldChecks()
                .name("dataset", request.getDataset())
                .atMost("items", request.getItemsCount(), MAX_RECORDS);
        checks.check();
        List<ItemRecord> items = DatasetMessages.items(request.getItemsList(), checks);
        checks.check();
        store.putItems(request.getDataset(), items);
        changes.itemsChanged(request.getDataset());
        respond(responses, PutItemsResponse.getDefaultInstance());
    }

    @Override
    public void putUsers(PutUsersRequest request, StreamObserver<PutUsersResponse> responses) {
        FieldChecks checks = new FieldChecks()
                .name("dataset", request.getDataset())
                .atMost("users", request.getUsersCount(), MAX_RECORDS);
        checks.check();
        List<UserRecord> users = DatasetMessages.users(request.getUsersList(), checks);
        checks.check();
        store.putUsers(request.getDataset(), users);
        users.forEach(user -> changes.userChanged(request.getDataset(), user.id()));
        respond(responses, PutUsersResponse.getDefaultInstance());
    }

    @Override
    public void batchGetUsers(BatchGetUsersRequest request, StreamObserver<BatchGetUsersResponse> responses) {
        new FieldChecks()
                .name("dataset", request.getDataset())
                .atMost("ids", request.getIdsCount(), MAX_RECORDS)
                .check();
        Map<String, UserRecord> found = store.users(request.getDataset(), request.getIdsList());
        BatchGetUsersResponse.Builder response = BatchGetUsersResponse.newBuilder();
        for (String id : request.getIdsList()) {
            UserRecord record = found.get(id);
            if (record != null) {
                response.addUsers(DatasetMessages.user(record));
            }
        }
        respond(responses, response.build());
    }

    @Override
    public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> responses) {
        String dataset = request.getDataset();
        new FieldChecks().name("dataset", dataset).check();
        String arguments = "users of " + dataset;
        RecordPage<UserRecord> page = new RecordPage<>(
                UserRecord::id,
                Pages.size(request.getPageSize(), 100, 1_000),
                request.getPageToken().isEmpty() ? "" : Pages.key(request.getPageToken(), arguments));
        store.forEachUser(dataset, page::offer);
        respond(
                responses,
                ListUsersResponse.newBuilder()
                        .addAllUsers(page.records().stream()
                                .map(DatasetMessages::user)
                                .toList())
                        .setNextPageToken(page.hasMore() ? Pages.token(page.lastId(), arguments) : "")
                        .build());
    }

    @Override
    public void batchGetItems(BatchGetItemsRequest request, StreamObserver<BatchGetItemsResponse> responses) {
        new FieldChecks()
                .name("dataset", request.getDataset())
                .atMost("ids", request.getIdsCount(), MAX_RECORDS)
                .check();
        Map<String, ItemRecord> found = store.items(request.getDataset(), request.getIdsList());
        BatchGetItemsResponse.Builder response = BatchGetItemsResponse.newBuilder();
        for (String id : request.getIdsList()) {
            ItemRecord record = found.get(id);
            if (record != null) {
                response.addItems(DatasetMessages.item(record));
            }
        }
        respond(responses, response.build());
    }

    @Override
    public void listItems(ListItemsRequest request, StreamObserver<ListItemsResponse> responses) {
        String dataset = request.getDataset();
        new FieldChecks().name("dataset", dataset).check();
        String arguments = "items of " + dataset;
        RecordPage<ItemRecord> page = new RecordPage<>(
                ItemRecord::id,
                Pages.size(request.getPageSize(), 100, 1_000),
                request.getPageToken().isEmpty() ? "" : Pages.key(request.getPageToken(), arguments));
        store.forEachItem(dataset, page::offer);
        respond(
                responses,
                ListItemsResponse.newBuilder()
                        .addAllItems(page.records().stream()
                                .map(DatasetMessages::item)
                                .toList())
                        .setNextPageToken(page.hasMore() ? Pages.token(page.lastId(), arguments) : "")
                        .build());
    }
}
