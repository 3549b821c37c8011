package dev.latent.server.interactions;

import com.google.protobuf.Timestamp;
import dev.latent.interactions.HistoryPage;
import dev.latent.interactions.InteractionStore;
import dev.latent.server.datasets.DatasetChanges;
import dev.latent.server.errors.ApiException;
import dev.latent.server.errors.FieldChecks;
import dev.latent.server.paging.Pages;
import dev.latent.v1.DeleteUserRequest;
import dev.latent.v1.DeleteUserResponse;
import dev.latent.v1.Interaction;
import dev.latent.v1.InteractionServiceGrpc.InteractionServiceImplBase;
import dev.latent.v1.ReadInteractionsRequest;
import dev.latent.v1.ReadInteractionsResponse;
import dev.latent.v1.WriteInteractionsRequest;
import dev.latent.v1.WriteInteractionsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;

/** The interaction service. */
public final class InteractionEndpoint extends InteractionServiceImplBase {

    private static final int DEFAULT_PAGE = 1_000;
    private static final int MAX_PAGE = 10_000;

    private final InteractionStore store;
    private final DatasetChanges changes;
    private final StreamWrites writes;

    @Inject
    InteractionEndpoint(InteractionStore store, DatasetChanges changes, StreamWrites writes) {
        this.store = store;
        this.changes = changes;
        this.writes = writes;
    }

    @Override
    public StreamObserver<WriteInteractionsRequest> writeInteractions(
            StreamObserver<WriteInteractionsResponse> responses) {
        return writes.open((ServerCallStreamObserver<WriteInteractionsResponse>) responses);
    }

    /** Ends the streams of writes once what they have brought is durable and acknowledged. */
    public void endStreams() {
        writes.endStreams();
    }

    @Override
    public void readInteractions(ReadInteractionsRequest request, StreamObserver<ReadInteractionsResponse> responses) {
        String dataset = request.getDataset();
        String userId = request.getUserId();
        new FieldChecks().name("dataset", dataset).id("user_id", userId).check();
        HistoryPage page = store.read(
                dataset, userId, Pages.size(request.getPageSize(), DEFAULT_PAGE, MAX_PAGE), request.getPageToken());
        if (page.interactions().isEmpty() && request.getPageToken().isEmpty()) {
            throw ApiException.notFound(
                    "user", userId, "dataset '" + dataset + "' holds no interactions of it; check the id");
        }
        responses.onNext(ReadInteractionsResponse.newBuilder()
                .addAllInteractions(page.interactions().stream()
                        .map(InteractionEndpoint::message)
                        .toList())
                .setNextPageToken(page.nextPageToken())
                .build());
        responses.onCompleted();
    }

    private static Interaction message(dev.latent.interactions.Interaction interaction) {
        Interaction.Builder message = Interaction.newBuilder()
                .setUserId(interaction.userId())
                .setItemId(interaction.itemId())
                .setValue(interaction.value())
                .setType(interaction.type());
        if (interaction.time() != 0) {
            message.setTime(Timestamp.newBuilder().setSeconds(interaction.time()));
        }
        return message.build();
    }

    @Override
    public void deleteUser(DeleteUserRequest request, StreamObserver<DeleteUserResponse> responses) {
        new FieldChecks()
                .name("dataset", request.getDataset())
                .id("user_id", request.getUserId())
                .check();
        boolean deleted = store.deleteUser(request.getDataset(), request.getUserId());
        changes.userDeleted(request.getDataset(), request.getUserId());
        responses.onNext(DeleteUserResponse.newBuilder().setDeleted(deleted).build());
        responses.onCompleted();
    }
}
