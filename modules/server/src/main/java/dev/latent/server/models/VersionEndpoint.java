package dev.latent.server.models;

import dev.latent.models.Alias;
import dev.latent.models.Manifest;
import dev.latent.models.ModelStore;
import dev.latent.models.VerifyProblem;
import dev.latent.models.VerifyReport;
import dev.latent.models.VersionInfo;
import dev.latent.server.errors.FieldChecks;
import dev.latent.server.paging.Pages;
import dev.latent.server.serving.ServingModels;
import dev.latent.v1.DeleteModelVersionRequest;
import dev.latent.v1.DeleteModelVersionResponse;
import dev.latent.v1.EvaluateModelVersionRequest;
import dev.latent.v1.EvaluateModelVersionResponse;
import dev.latent.v1.ExportModelVersionRequest;
import dev.latent.v1.ExportModelVersionResponse;
import dev.latent.v1.GetModelVersionRequest;
import dev.latent.v1.GetModelVersionResponse;
import dev.latent.v1.ImportModelVersionRequest;
import dev.latent.v1.ImportModelVersionResponse;
import dev.latent.v1.LedgerEntry;
import dev.latent.v1.ListLedgerEntriesRequest;
import dev.latent.v1.ListLedgerEntriesResponse;
import dev.latent.v1.ListModelVersionEvaluationsRequest;
import dev.latent.v1.ListModelVersionEvaluationsResponse;
import dev.latent.v1.ListModelVersionsRequest;
import dev.latent.v1.ListModelVersionsResponse;
import dev.latent.v1.ModelServiceGrpc.ModelServiceImplBase;
import dev.latent.v1.PromoteModelVersionRequest;
import dev.latent.v1.PromoteModelVersionResponse;
import dev.latent.v1.RollbackModelRequest;
import dev.latent.v1.RollbackModelResponse;
import dev.latent.v1.VerifyModelVersionRequest;
import dev.latent.v1.VerifyModelVersionResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The model service's methods for versions, aliases and the ledger. */
abstract class VersionEndpoint extends ModelServiceImplBase {

    private static final int MAX_REASON = 4_000;

    private final ModelStore store;
    private final ServingModels serving;
    private final VersionCalls calls;

    VersionEndpoint(ModelStore store, ServingModels serving, VersionCalls calls) {
        this.store = store;
        this.serving = serving;
        this.calls = calls;
    }

    static <A> void respond(StreamObserver<A> responses, A response) {
        responses.onNext(response);
        responses.onCompleted();
    }

    @Override
    public void getModelVersion(GetModelVersionRequest request, StreamObserver<GetModelVersionResponse> responses) {
        VersionName name = VersionName.parse(request.getName());
        VersionInfo info = store.version(name.model(), name.resolve(store));
        respond(
                responses,
                GetModelVersionResponse.newBuilder()
                        .setVersion(ModelMessages.version(info))
                        .build());
    }

    @Override
    public void listModelVersions(
            ListModelVersionsRequest request, StreamObserver<ListModelVersionsResponse> responses) {
        new FieldChecks().name("model", request.getModel()).check();
        store.get(request.getModel());
        List<VersionInfo> newestFirst = store.versions(request.getModel()).stream()
                .sorted(Comparator.comparingInt(VersionInfo::number).reversed())
                .toList();
        Pages<VersionInfo> page = Pages.cut(
                newestFirst, VersionInfo::id, request.getPageSize(), request.getPageToken(), request.getModel());
        respond(
                responses,
                ListModelVersionsResponse.newBuilder()
                        .addAllVersions(page.entries().stream()
                                .map(ModelMessages::version)
                                .toList())
                        .setNextPageToken(page.nextToken())
                        .build());
    }

    @Override
    public void verifyModelVersion(
            VerifyModelVersionRequest request, StreamObserver<VerifyModelVersionResponse> responses) {
        VersionName name = VersionName.parse(request.getName());
        VersionInfo info = store.version(name.model(), name.number());
        VerifyReport report = store.verify(name.model(), name.number());
        VerifyModelVersionResponse.Builder response = VerifyModelVersionResponse.newBuilder()
                .setIntact(report.isIntact())
                .addAllProblems(
                        report.problems().stream().map(VerifyProblem::describe).toList());
        info.manifest()
                .ifPresent(manifest -> response.setFileCount(manifest.sections().size())
                        .setByteCount(manifest.sections().stream()
                                .mapToLong(section -> section.bytes())
                                .sum()));
        respond(responses, response.build());
    }

    @Override
    public void deleteModelVersion(
            DeleteModelVersionRequest request, StreamObserver<DeleteModelVersionResponse> responses) {
        VersionName name = VersionName.parse(request.getName());
        store.deleteVersion(name.model(), name.number(), "unknown", "");
        respond(responses, DeleteModelVersionResponse.getDefaultInstance());
    }

    @Override
    public StreamObserver<ImportModelVersionRequest> importModelVersion(
            StreamObserver<ImportModelVersionResponse> responses) {
        return calls.imports().receive(responses);
    }

    @Override
    public void exportModelVersion(
            ExportModelVersionRequest request, StreamObserver<ExportModelVersionResponse> responses) {
        VersionName name = VersionName.parse(request.getName());
        calls.exports().send(name.model(), name.resolve(store), request.getFormat(), (ServerCallStreamObserver<
                        ExportModelVersionResponse>)
                responses);
    }

    @Override
    public StreamObserver<EvaluateModelVersionRequest> evaluateModelVersion(
            StreamObserver<EvaluateModelVersionResponse> responses) {
        return calls.evaluations().receive(responses);
    }

    @Override
    public void listModelVersionEvaluations(
            ListModelVersionEvaluationsRequest request, StreamObserver<ListModelVersionEvaluationsResponse> responses) {
        respond(responses, calls.evaluations().list(request));
    }

    @Override
    public void promoteModelVersion(
            PromoteModelVersionRequest request, StreamObserver<PromoteModelVersionResponse> responses) {
        VersionName name = VersionName.parse(request.getName());
        int number = name.number();
        String alias = alias(request.getAlias());
        checkMove(alias, request.getActor(), request.getReason());
        store.version(name.model(), number);
        String before = pointsTo(name.model(), alias);
        Alias moved = serving.promote(
                name.model(),
                alias,
                number,
                request.hasExpectedGeneration()
                        ? OptionalLong.of(request.getExpectedGeneration())
                        : OptionalLong.empty(),
                actor(request.getActor()),
                request.getReason());
        respond(
                responses,
                PromoteModelVersionResponse.newBuilder()
                        .setAlias(aliasMessage(name.model(), moved))
                        .setPreviousVersion(before)
                        .build());
    }

    @Override
    public void rollbackModel(RollbackModelRequest request, StreamObserver<RollbackModelResponse> responses) {
        new FieldChecks().name("model", request.getModel()).check();
        String alias = alias(request.getAlias());
        checkMove(alias, request.getActor(), request.getReason());
        String before = pointsTo(request.getModel(), alias);
        Alias moved = serving.rollback(
                request.getModel(),
                alias,
                request.hasExpectedGeneration()
                        ? OptionalLong.of(request.getExpectedGeneration())
                        : OptionalLong.empty(),
                actor(request.getActor()),
                request.getReason());
        respond(
                responses,
                RollbackModelResponse.newBuilder()
                        .setAlias(aliasMessage(request.getModel(), moved))
                        .setPreviousVersion(before)
                        .build());
    }

    @Override
    public void listLedgerEntries(
            ListLedgerEntriesRequest request, StreamObserver<ListLedgerEntriesResponse> responses) {
        new FieldChecks().name("model", request.getModel()).check();
        store.get(request.getModel());
        Pages<dev.latent.models.LedgerEntry> page = Pages.cut(
                store.ledger(request.getModel()).entries().reversed(),
                entry -> Long.toString(entry.sequence()),
                request.getPageSize(),
                request.getPageToken(),
                request.getModel());
        List<LedgerEntry> entries = page.entries().stream()
                .map(entry -> ModelMessages.entry(request.getModel(), entry))
                .toList();
        respond(
                responses,
                ListLedgerEntriesResponse.newBuilder()
                        .addAllEntries(entries)
                        .setNextPageToken(page.nextToken())
                        .build());
    }

    final dev.latent.v1.Alias aliasMessage(String model, Alias alias) {
        return ModelMessages.alias(model, alias, serving.status(model, alias.name()));
    }

    private String pointsTo(String model, String alias) {
        Optional<Alias> now = store.find(model).flatMap(_ -> store.findAlias(model, alias));
        return now.map(found -> Manifest.id(model, found.version())).orElse("");
    }

    private static String alias(String asked) {
        return asked.isEmpty() ? ServingModels.LIVE : asked;
    }

    private static String actor(String asked) {
        return asked.isEmpty() ? "unknown" : asked;
    }

    private static void checkMove(String alias, String actor, String reason) {
        new FieldChecks()
                .name("alias", alias)
                .require(actor.length() <= 256, "actor", "is longer than 256 characters")
                .require(reason.length() <= MAX_REASON, "reason", "is longer than " + MAX_REASON + " characters")
                .check();
    }
}
