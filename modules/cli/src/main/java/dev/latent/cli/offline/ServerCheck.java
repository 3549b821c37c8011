package dev.latent.cli.offline;

import dev.latent.cli.session.Pages;
import dev.latent.client.LatentClient;
import dev.latent.v1.ListModelVersionsRequest;
import dev.latent.v1.ListModelVersionsResponse;
import dev.latent.v1.ListModelsRequest;
import dev.latent.v1.ListModelsResponse;
import dev.latent.v1.Model;
import dev.latent.v1.ModelVersion;
import dev.latent.v1.VerifyModelVersionRequest;
import java.util.List;

/** Lets a server check all versions it keeps. */
final class ServerCheck {

    private final LatentClient client;

    ServerCheck(LatentClient client) {
        this.client = client;
    }

    HomeReport run() {
        List<Model> models = Pages.all(
                token -> client.models()
                        .listModels(ListModelsRequest.newBuilder()
                                .setPageSize(Pages.SIZE)
                                .setPageToken(token)
                                .build()),
                ListModelsResponse::getModelsList,
                ListModelsResponse::getNextPageToken);
        HomeReport report = new HomeReport(models.size(), 0, 0, List.of(), List.of());
        for (Model model : models) {
            for (ModelVersion version : versions(model)) {
                report = report.and(new HomeReport(0, 1, 0, problems(version), List.of()));
            }
        }
        return report;
    }

    private List<ModelVersion> versions(Model model) {
        return Pages.all(
                token -> client.models()
                        .listModelVersions(ListModelVersionsRequest.newBuilder()
                                .setModel(model.getName())
                                .setPageSize(Pages.SIZE)
                                .setPageToken(token)
                                .build()),
                ListModelVersionsResponse::getVersionsList,
                ListModelVersionsResponse::getNextPageToken);
    }

    private List<String> problems(ModelVersion version) {
        return client
                .models()
                .verifyModelVersion(VerifyModelVersionRequest.newBuilder()
                        .setName(version.getName())
                        .build())
                .getProblemsList()
                .stream()
                .map(problem -> version.getName() + " " + problem)
                .toList();
    }
}
