package dev.latent.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.v1.Alias;
import dev.latent.v1.CreateModelRequest;
import dev.latent.v1.DeleteModelRequest;
import dev.latent.v1.DeleteModelVersionRequest;
import dev.latent.v1.FallbackPolicy;
import dev.latent.v1.GetModelRequest;
import dev.latent.v1.GetModelVersionRequest;
import dev.latent.v1.LedgerEntry;
import dev.latent.v1.ListLedgerEntriesRequest;
import dev.latent.v1.ListModelVersionsRequest;
import dev.latent.v1.ListModelsRequest;
import dev.latent.v1.Model;
import dev.latent.v1.ModelVersion;
import dev.latent.v1.PromoteModelVersionRequest;
import dev.latent.v1.PromoteModelVersionResponse;
import dev.latent.v1.RollbackModelRequest;
import dev.latent.v1.UpdateModelRequest;
import dev.latent.v1.VerifyModelVersionRequest;
import dev.latent.v1.VerifyModelVersionResponse;
import io.grpc.Status.Code;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelEndpointTest {

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
        server.createDataset("films", 20, 10);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Model get(String name) {
        return server.models()
                .getModel(GetModelRequest.newBuilder().setName(name).build())
                .getModel();
    }

    private static PromoteModelVersionResponse promote(String version) {
        return server.models()
                .promoteModelVersion(
                        PromoteModelVersionRequest.newBuilder().setName(version).build());
    }

    private static Model.Builder model(String name) {
        return Model.newBuilder().setName(name).setDataset("films").setAlgorithm("taste");
    }

    private static Model create(Model.Builder model) {
        return server.models()
                .createModel(CreateModelRequest.newBuilder().setModel(model).build())
                .getModel();
    }

    @Test
    void model_isReturnedAsCreatedAndListed() {
        Model created = create(model("created").putHyperparameters("factors", "4"));

        assertThat(created.getFallbackPolicy()).isEqualTo(FallbackPolicy.FALLBACK_POLICY_POPULAR);
        assertThat(get("created")).isEqualTo(created);
        assertThat(server.models()
                        .listModels(ListModelsRequest.getDefaultInstance())
                        .getModelsList())
                .contains(created);
        assertThat(Failures.of(() -> create(model("created"))).code()).isEqualTo(Code.ALREADY_EXISTS);
    }

    @Test
    void malformedModel_isRefused() {
        assertThat(Failures.of(() -> create(Model.newBuilder())).fields())
                .containsExactly("model.name", "model.dataset", "model.algorithm");
        assertThat(Failures.of(() -> create(model("m").setDataset("nowhere"))).reason())
                .isEqualTo("DATASET_NOT_FOUND");
        assertThat(Failures.of(() -> create(model("m").setAlgorithm("magic"))).reason())
                .isEqualTo("ALGORITHM_NOT_FOUND");
        assertThat(Failures.of(() -> create(model("m").putHyperparameters("factors", "x")))
                        .fields())
                .containsExactly("hyperparameters[factors]");
    }

    @Test
    void update_changesWhatTheMaskNames() {
        create(model("updated").putHyperparameters("factors", "4"));

        server.models()
                .updateModel(UpdateModelRequest.newBuilder()
                        .setModel(Model.newBuilder()
                                .setName("updated")
                                .putHyperparameters("factors", "5")
                                .setFallbackPolicy(FallbackPolicy.FALLBACK_POLICY_NOT_FOUND))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("fallback_policy"))
                        .build());

        assertThat(get("updated").getFallbackPolicy()).isEqualTo(FallbackPolicy.FALLBACK_POLICY_NOT_FOUND);
        assertThat(get("updated").getHyperparametersMap()).containsEntry("factors", "4");
        assertThat(Failures.of(() -> server.models()
                                .updateModel(UpdateModelRequest.newBuilder()
                                        .setModel(model("updated"))
                                        .setUpdateMask(FieldMask.newBuilder().addPaths("name"))
                                        .build()))
                        .fields())
                .containsExactly("update_mask");
    }

    @Test
    void versions_arePromotedRolledBackAndTold() {
        server.train("moving", "films");
        server.train("moving", "films");

        Alias first = promote("moving@1").getAlias();
        PromoteModelVersionResponse second = promote("moving@2");

        assertThat(first.getState()).isEqualTo(Alias.State.STATE_SERVING);
        assertThat(second.getPreviousVersion()).isEqualTo("moving@1");
        assertThat(second.getAlias().getGeneration()).isEqualTo(first.getGeneration() + 1);
        var back = server.models()
                .rollbackModel(RollbackModelRequest.newBuilder()
                        .setModel("moving")
                        .setActor("me")
                        .setReason("worse")
                        .build());
        assertThat(back.getAlias().getVersion()).isEqualTo("moving@1");
        assertThat(back.getPreviousVersion()).isEqualTo("moving@2");
        assertThat(server.models()
                        .listLedgerEntries(ListLedgerEntriesRequest.newBuilder()
                                .setModel("moving")
                                .build())
                        .getEntriesList())
                .extracting(LedgerEntry::getAction, LedgerEntry::getToVersion, LedgerEntry::getActor)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(LedgerEntry.Action.ACTION_ROLLBACK, "moving@1", "me"),
                        org.assertj.core.groups.Tuple.tuple(LedgerEntry.Action.ACTION_PROMOTE, "moving@2", "unknown"),
                        org.assertj.core.groups.Tuple.tuple(LedgerEntry.Action.ACTION_PROMOTE, "moving@1", "unknown"));
        assertThat(Failures.of(() -> server.models()
                                .promoteModelVersion(PromoteModelVersionRequest.newBuilder()
                                        .setName("moving@2")
                                        .setExpectedGeneration(1)
                                        .build()))
                        .code())
                .isEqualTo(Code.ABORTED);
    }

    @Test
    void version_isDescribedListedAndVerified() {
        server.train("described", "films");

        ModelVersion version = server.models()
                .getModelVersion(GetModelVersionRequest.newBuilder()
                        .setName("described@1")
                        .build())
                .getVersion();

        assertThat(version.getState()).isEqualTo(ModelVersion.State.STATE_READY);
        assertThat(version.getAlgorithm()).isEqualTo("taste");
        assertThat(version.getAlgorithmVersion()).isEqualTo("1.2.3");
        assertThat(version.getItemCount()).isEqualTo(10);
        assertThat(version.getRank()).isEqualTo(8);
        assertThat(version.getMetricsMap()).containsKey("ndcg@10");
        assertThat(version.getBaselinesList()).isNotEmpty();
        assertThat(version.getSizeBytes()).isPositive();
        assertThat(server.models()
                        .listModelVersions(ListModelVersionsRequest.newBuilder()
                                .setModel("described")
                                .build())
                        .getVersionsList())
                .containsExactly(version);
        VerifyModelVersionResponse verified = verify("described@1");
        assertThat(verified.getIntact()).isTrue();
        assertThat(verified.getFileCount()).isPositive();
    }

    private static VerifyModelVersionResponse verify(String version) {
        return server.models()
                .verifyModelVersion(
                        VerifyModelVersionRequest.newBuilder().setName(version).build());
    }

    @Test
    void damagedVersion_isNotPromotedAndTheOneBeforeServesOn() throws IOException {
        server.trainAndPromote("damaged", "films");
        server.train("damaged", "films");
        Path folder = server.home().resolve("models/damaged/versions/2");
        try (Stream<Path> files = Files.list(folder)) {
            Path victim = files.filter(file -> !file.endsWith("manifest.json"))
                    .max(java.util.Comparator.comparingLong(
                            file -> file.toFile().length()))
                    .orElseThrow();
            victim.toFile().setWritable(true);
            try (RandomAccessFile file = new RandomAccessFile(victim.toFile(), "rw")) {
                file.seek(file.length() / 2);
                int flipped = file.read() ^ 1;
                file.seek(file.length() / 2);
                file.write(flipped);
            }
        }

        assertThat(Failures.of(() -> promote("damaged@2")).code()).isEqualTo(Code.DATA_LOSS);
        assertThat(get("damaged").getAliases(0).getVersion()).isEqualTo("damaged@1");
        assertThat(verify("damaged@2").getIntact()).isFalse();
        assertThat(verify("damaged@2").getProblemsList()).isNotEmpty();
    }

    @Test
    void versionInUse_isNotDeleted() {
        server.trainAndPromote("kept", "films");
        server.train("kept", "films");

        assertThat(Failures.of(() -> delete("kept@1")).code()).isEqualTo(Code.FAILED_PRECONDITION);
        delete("kept@2");

        assertThat(Failures.of(() -> promote("kept@2")).code()).isEqualTo(Code.NOT_FOUND);
    }

    private static void delete(String version) {
        server.models()
                .deleteModelVersion(
                        DeleteModelVersionRequest.newBuilder().setName(version).build());
    }

    @Test
    void modelInUse_isDeletedOnlyByForce() {
        server.trainAndPromote("forced", "films");

        assertThat(Failures.of(() -> server.models()
                                .deleteModel(DeleteModelRequest.newBuilder()
                                        .setName("forced")
                                        .build()))
                        .code())
                .isEqualTo(Code.FAILED_PRECONDITION);
        server.models()
                .deleteModel(DeleteModelRequest.newBuilder()
                        .setName("forced")
                        .setForce(true)
                        .build());

        assertThat(Failures.of(() -> get("forced")).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void malformedVersionNames_areRefused() {
        for (String name :
                List.of("", "films", "films@", "@1", "films@0", "films@-1", "Films@1", "films@99999999999")) {
            assertThat(Failures.of(() -> promote(name)).code()).as(name).isEqualTo(Code.INVALID_ARGUMENT);
        }
    }
}
