package dev.latent.server.models;

import com.google.protobuf.Timestamp;
import dev.latent.models.LedgerEntry.Action;
import dev.latent.models.Manifest;
import dev.latent.models.ModelDefinition;
import dev.latent.models.StoredSection;
import dev.latent.models.VersionInfo;
import dev.latent.server.errors.ApiException;
import dev.latent.server.serving.AliasStatus;
import dev.latent.v1.Alias;
import dev.latent.v1.Baseline;
import dev.latent.v1.FallbackPolicy;
import dev.latent.v1.LedgerEntry;
import dev.latent.v1.Model;
import dev.latent.v1.ModelVersion;
import java.time.Instant;
import java.util.List;

/** Translates between the model store and the contract. */
final class ModelMessages {

    /** The stored word for {@link FallbackPolicy#FALLBACK_POLICY_NOT_FOUND}. */
    static final String FALLBACK_NOT_FOUND = "not-found";

    private ModelMessages() {}

    static ModelDefinition definition(Model model) {
        return ModelDefinition.of(
                        model.getName(), model.getDataset(), model.getAlgorithm(), model.getHyperparametersMap())
                .withFallback(fallback(model.getFallbackPolicy()));
    }

    static String fallback(FallbackPolicy policy) {
        return switch (policy) {
            case FALLBACK_POLICY_UNSPECIFIED, FALLBACK_POLICY_POPULAR -> ModelDefinition.DEFAULT_FALLBACK;
            case FALLBACK_POLICY_NOT_FOUND -> FALLBACK_NOT_FOUND;
            case UNRECOGNIZED ->
                throw ApiException.invalid(
                        "fallback_policy",
                        "is not known, expected FALLBACK_POLICY_POPULAR or FALLBACK_POLICY_NOT_FOUND");
        };
    }

    static Model model(ModelDefinition definition, List<Alias> aliases) {
        return Model.newBuilder()
                .setName(definition.name())
                .setDataset(definition.dataset())
                .setAlgorithm(definition.algorithm())
                .putAllHyperparameters(definition.hyperparameters())
                .setFallbackPolicy(
                        definition.fallback().equals(FALLBACK_NOT_FOUND)
                                ? FallbackPolicy.FALLBACK_POLICY_NOT_FOUND
                                : FallbackPolicy.FALLBACK_POLICY_POPULAR)
                .setCreateTime(time(definition.created()))
                .addAllAliases(aliases)
                .build();
    }

    static Alias alias(String model, dev.latent.models.Alias alias, AliasStatus status) {
        Alias.Builder message = Alias.newBuilder()
                .setName(alias.name())
                .setVersion(Manifest.id(model, alias.version()))
                .setGeneration(alias.generation())
                .setUpdateTime(time(alias.updatedAt()))
                .setState(
                        switch (status.state()) {
                            case LOADING -> Alias.State.STATE_LOADING;
                            case SERVING -> Alias.State.STATE_SERVING;
                            case FAILED -> Alias.State.STATE_FAILED;
                        })
                .setStateReason(status.reason());
        if (status.answers() && status.serving() != alias.version()) {
            message.setServingVersion(Manifest.id(model, status.serving()));
        }
        return message.build();
    }

    static ModelVersion version(VersionInfo info) {
        ModelVersion.Builder message = ModelVersion.newBuilder()
                .setName(info.id())
                .setModel(info.model())
                .setNumber(info.number())
                .setState(info.problem().isEmpty() ? ModelVersion.State.STATE_READY : ModelVersion.State.STATE_CORRUPT)
                .setStateReason(info.problem())
                .addAllAliases(info.aliases());
        info.manifest().ifPresent(manifest -> describe(manifest, message));
        return message.build();
    }

    private static void describe(Manifest manifest, ModelVersion.Builder message) {
        message.setAlgorithm(manifest.metadata().algorithm().name())
                .setAlgorithmVersion(manifest.metadata().algorithm().version())
                .putAllHyperparameters(manifest.metadata().training().hyperparameters())
                .setSeed(manifest.metadata().training().seed())
                .setSnapshotFingerprint(manifest.metadata().training().snapshotFingerprint())
                .setUserCount(manifest.content().users())
                .setItemCount(manifest.content().items())
                .setRank(manifest.content().rank())
                .putAllMetrics(manifest.metrics())
                .setEvaluationProtocol(manifest.metadata().holdout().protocol())
                .setCreateTime(time(manifest.createdAt()))
                .setSizeBytes(manifest.sections().stream()
                        .mapToLong(StoredSection::bytes)
                        .sum())
                .setRun(manifest.metadata().run());
        manifest.metadata()
                .holdout()
                .baselines()
                .forEach((name, metrics) ->
                        message.addBaselines(Baseline.newBuilder().setName(name).putAllMetrics(metrics)));
    }

    static LedgerEntry entry(String model, dev.latent.models.LedgerEntry entry) {
        LedgerEntry.Builder message = LedgerEntry.newBuilder()
                .setGeneration(entry.generation())
                .setAlias(entry.alias())
                .setAction(action(entry.action()))
                .setActor(entry.actor())
                .setReason(entry.reason())
                .setTime(time(entry.time()));
        if (entry.action() == Action.DELETE_VERSION) {
            return message.setFromVersion(Manifest.id(model, entry.version())).build();
        }
        if (entry.previous() > 0) {
            message.setFromVersion(Manifest.id(model, entry.previous()));
        }
        if (entry.version() > 0) {
            message.setToVersion(Manifest.id(model, entry.version()));
        }
        return message.build();
    }

    private static LedgerEntry.Action action(Action action) {
        return switch (action) {
            case PROMOTE -> LedgerEntry.Action.ACTION_PROMOTE;
            case ROLLBACK -> LedgerEntry.Action.ACTION_ROLLBACK;
            case REMOVE_ALIAS -> LedgerEntry.Action.ACTION_REMOVE_ALIAS;
            case DELETE_VERSION -> LedgerEntry.Action.ACTION_DELETE_VERSION;
        };
    }

    static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
