package dev.latent.server.models;

import dev.latent.models.ModelStore;
import dev.latent.models.VersionEvaluation;
import dev.latent.server.paging.Pages;
import dev.latent.server.uploads.Upload;
import dev.latent.server.uploads.UploadOptions;
import dev.latent.training.evaluations.EvaluationService;
import dev.latent.v1.EvaluateModelVersionRequest;
import dev.latent.v1.EvaluateModelVersionResponse;
import dev.latent.v1.ListModelVersionEvaluationsRequest;
import dev.latent.v1.ListModelVersionEvaluationsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;

/** Evaluates versions and lists what came of it. Thread-safe. */
final class VersionEvaluations {

    private final ModelStore models;
    private final EvaluationService evaluations;
    private final UploadOptions options;

    @Inject
    VersionEvaluations(ModelStore models, EvaluationService evaluations, UploadOptions options) {
        this.models = models;
        this.evaluations = evaluations;
        this.options = options;
    }

    StreamObserver<EvaluateModelVersionRequest> receive(StreamObserver<EvaluateModelVersionResponse> responses) {
        return EvaluationStream.open(
                models, evaluations, new Upload(options), (ServerCallStreamObserver<EvaluateModelVersionResponse>)
                        responses);
    }

    ListModelVersionEvaluationsResponse list(ListModelVersionEvaluationsRequest request) {
        VersionName name = VersionName.parse(request.getName());
        Pages<VersionEvaluation> page = Pages.cut(
                models.evaluations(name.model(), name.resolve(models)),
                evaluation -> Integer.toString(evaluation.number()),
                request.getPageSize(),
                request.getPageToken(),
                "evaluations of " + request.getName());
        return ListModelVersionEvaluationsResponse.newBuilder()
                .addAllEvaluations(page.entries().stream()
                        .map(EvaluationMessages::evaluation)
                        .toList())
                .setNextPageToken(page.nextToken())
                .build();
    }
}
