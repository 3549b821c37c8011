package dev.latent.server.models;

import dev.latent.interactions.InteractionStore;
import dev.latent.models.Alias;
import dev.latent.models.Manifest;
import dev.latent.models.ModelDefinition;
import dev.latent.models.ModelStore;
import dev.latent.plugins.LoadedAlgorithm;
import dev.latent.plugins.PluginRegistry;
import dev.latent.server.errors.ApiException;
import dev.latent.server.errors.FieldChecks;
import dev.latent.server.paging.Pages;
import dev.latent.server.serving.ServingModels;
import dev.latent.spi.Hyperparameters;
import dev.latent.v1.CreateModelRequest;
import dev.latent.v1.CreateModelResponse;
import dev.latent.v1.DeleteModelRequest;
import dev.latent.v1.DeleteModelResponse;
import dev.latent.v1.GetModelRequest;
import dev.latent.v1.GetModelResponse;
import dev.latent.v1.ListModelsRequest;
import dev.latent.v1.ListModelsResponse;
import dev.latent.v1.Model;
import dev.latent.v1.UpdateModelRequest;
import dev.latent.v1.UpdateModelResponse;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The model service: its methods for models; those for versions and aliases are in the class above. */
public final class ModelEndpoint extends VersionEndpoint {

    private static final Set<String> MUTABLE = Set.of("algorithm", "hyperparameters", "fallback_policy");

    private final ModelStore store;
    private final InteractionStore interactions;
    private final PluginRegistry plugins;
    private final ServingModels serving;

    @Inject
    ModelEndpoint(
            ModelStore store,
            InteractionStore interactions,
            PluginRegistry plugins,
            ServingModels serving,
            VersionCalls calls) {
        super(store, serving, calls);
        this.store = store;
        this.interactions = interactions;
        this.plugins = plugins;
        this.serving = serving;
    }

    @Override
    public void createModel(CreateModelRequest request, StreamObserver<CreateModelResponse> responses) {
        Model model = request.getModel();
        new FieldChecks()
                .name("model.name", model.getName())
                .name("model.dataset", model.getDataset())
                .name("model.algorithm", model.getAlgorithm())
                .check();
        checkDataset(model.getDataset());
        checkTraining(model.getAlgorithm(), model.getHyperparametersMap());
        ModelDefinition created = store.create(ModelMessages.definition(model));
        serving.modelChanged(created.name());
        respond(
                responses,
                CreateModelResponse.newBuilder().setModel(message(created)).build());
    }

    private void checkDataset(String dataset) {
        if (interactions.findDataset(dataset).isEmpty()) {
            throw ApiException.notFound(
                    "dataset", dataset, "create it or import into it first: latent import " + dataset);
        }
    }

    /** Refuses an algorithm that no plugin has, and hyperparameters that it does not take. */
    private void checkTraining(String algorithm, Map<String, String> hyperparameters) {
        LoadedAlgorithm loaded = plugins.get(algorithm);
        Hyperparameters.resolve(loaded.hyperparameters(), hyperparameters);
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> responses) {
        new FieldChecks().name("name", request.getName()).check();
        respond(
                responses,
                GetModelResponse.newBuilder()
                        .setModel(message(store.get(request.getName())))
                        .build());
    }

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> responses) {
        Pages<ModelDefinition> page =
                Pages.cut(store.list(), ModelDefinition::name, request.getPageSize(), request.getPageToken(), "models");
        respond(
                responses,
                ListModelsResponse.newBuilder()
                        .addAllModels(page.entries().stream().map(this::message).toList())
                        .setNextPageToken(page.nextToken())
                        .build());
    }

    private Model message(ModelDefinition definition) {
        List<dev.latent.v1.Alias> aliases = store.aliases(definition.name()).stream()
                .map(alias -> aliasMessage(definition.name(), alias))
                .toList();
        return ModelMessages.model(definition, aliases);
    }

    @Override
    public void updateModel(UpdateModelRequest request, StreamObserver<UpdateModelResponse> responses) {
        Model given = request.getModel();
        List<String> mask = request.getUpdateMask().getPathsList();
        new FieldChecks()
                .name("model.name", given.getName())
                .require(!mask.isEmpty(), "update_mask", "is empty, expected some of " + MUTABLE)
                .require(MUTABLE.containsAll(mask), "update_mask", "is " + mask + ", expected some of " + MUTABLE)
                .check();
        ModelDefinition before = store.get(given.getName());
        String algorithm = mask.contains("algorithm") ? given.getAlgorithm() : before.algorithm();
        Map<String, String> hyperparameters =
                mask.contains("hyperparameters") ? given.getHyperparametersMap() : before.hyperparameters();
        checkTraining(algorithm, hyperparameters);
        ModelDefinition after = before.withTraining(algorithm, hyperparameters);
        if (mask.contains("fallback_policy")) {
            after = after.withFallback(ModelMessages.fallback(given.getFallbackPolicy()));
        }
        ModelDefinition updated = store.update(after, OptionalLong.of(before.revision()));
        serving.modelChanged(updated.name());
        respond(
                responses,
                UpdateModelResponse.newBuilder().setModel(message(updated)).build());
    }

    @Override
    public void deleteModel(DeleteModelRequest request, StreamObserver<DeleteModelResponse> responses) {
        String model = request.getName();
        new FieldChecks().name("name", model).check();
        serving.remove(model, () -> {
            List<Alias> aliases = store.aliases(model);
            if (!aliases.isEmpty() && !request.getForce()) {
                String first = aliases.getFirst().name() + " -> "
                        + Manifest.id(model, aliases.getFirst().version());
                throw ApiException.of(
                        Code.FAILED_PRECONDITION,
                        "MODEL_IN_USE",
                        "Model '" + model + "' is in use by alias " + first + "; set force to delete it all the same",
                        Map.of("model", model, "alias", first));
            }
            store.delete(model);
        });
        respond(responses, DeleteModelResponse.getDefaultInstance());
    }
}
