package dev.latent.server.algorithms;

import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.PluginRegistry;
import dev.latent.plugins.PluginStatus;
import dev.latent.server.errors.FieldChecks;
import dev.latent.server.paging.Pages;
import dev.latent.v1.AlgorithmServiceGrpc.AlgorithmServiceImplBase;
import dev.latent.v1.GetAlgorithmRequest;
import dev.latent.v1.GetAlgorithmResponse;
import dev.latent.v1.ListAlgorithmsRequest;
import dev.latent.v1.ListAlgorithmsResponse;
import dev.latent.v1.ListPluginsRequest;
import dev.latent.v1.ListPluginsResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;

/** The algorithm service. */
public final class AlgorithmEndpoint extends AlgorithmServiceImplBase {

    private final PluginRegistry plugins;

    @Inject
    AlgorithmEndpoint(PluginRegistry plugins) {
        this.plugins = plugins;
    }

    @Override
    public void listAlgorithms(ListAlgorithmsRequest request, StreamObserver<ListAlgorithmsResponse> responses) {
        Pages<LoadedAlgorithm> page = Pages.cut(
                plugins.algorithms(),
                LoadedAlgorithm::name,
                request.getPageSize(),
                request.getPageToken(),
                "algorithms");
        responses.onNext(ListAlgorithmsResponse.newBuilder()
                .addAllAlgorithms(page.entries().stream()
                        .map(AlgorithmMessages::algorithm)
                        .toList())
                .setNextPageToken(page.nextToken())
                .build());
        responses.onCompleted();
    }

    @Override
    public void getAlgorithm(GetAlgorithmRequest request, StreamObserver<GetAlgorithmResponse> responses) {
        new FieldChecks()
                .require(!request.getName().isEmpty(), "name", "is empty, expected the name of an algorithm")
                .check();
        LoadedAlgorithm algorithm = plugins.get(request.getName());
        responses.onNext(GetAlgorithmResponse.newBuilder()
                .setAlgorithm(AlgorithmMessages.algorithm(algorithm))
                .build());
        responses.onCompleted();
    }

    @Override
    public void listPlugins(ListPluginsRequest request, StreamObserver<ListPluginsResponse> responses) {
        Pages<PluginStatus> page = Pages.cut(
                plugins.list(),
                plugin -> plugin.name() + " " + plugin.path(),
                request.getPageSize(),
                request.getPageToken(),
                "plugins");
        responses.onNext(ListPluginsResponse.newBuilder()
                .addAllPlugins(
                        page.entries().stream().map(AlgorithmMessages::plugin).toList())
                .setNextPageToken(page.nextToken())
                .build());
        responses.onCompleted();
    }
}
