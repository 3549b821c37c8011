package dev.latent.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latent.cli.CommandLineHarness;
import dev.latent.cli.session.CommandException;
import dev.latent.v1.Alias;
import dev.latent.v1.LedgerEntry;
import dev.latent.v1.ListLedgerEntriesRequest;
import dev.latent.v1.ListLedgerEntriesResponse;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.PromoteModelVersionRequest;
import dev.latent.v1.PromoteModelVersionResponse;
import dev.latent.v1.RollbackModelRequest;
import dev.latent.v1.RollbackModelResponse;
import dev.latent.v1.UpdateModelRequest;
import dev.latent.v1.UpdateModelResponse;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCommandsTest {

    private final Models models = new Models();
    private final CommandLineHarness latent = new CommandLineHarness(models);

    @AfterEach
    void stop() {
        latent.close();
    }

    @ParameterizedTest
    @CsvSource({"movies,7,movies@7", "movies,movies@7,movies@7", "movies,@7,movies@7", "movies@7,,movies@7"})
    void version_isNamedInEveryForm(String model, String version, String expected) {
        assertThat(VersionNames.of(model, version)).isEqualTo(expected);
    }

    @Test
    void versionOfAnotherModel_isRefused() {
        assertThatThrownBy(() -> VersionNames.of("movies", "books@7"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'books@7' is not one of model 'movies'");
    }

    @Test
    void promote_saysWhereTheAliasIsNow() {
        assertThat(latent.run("promote", "movies", "7", "--expect-generation", "0", "--reason", "better")
                        .out())
                .isEqualTo("model/movies promoted: live is movies@7 (generation 3, before: movies@6)\n");
        assertThat(models.promoted.getName()).isEqualTo("movies@7");
        assertThat(models.promoted.getAlias()).isEqualTo("live");
        assertThat(models.promoted.hasExpectedGeneration()).isTrue();
        assertThat(models.promoted.getReason()).isEqualTo("better");

        latent.run("promote", "movies", "7", "--alias", "canary");
        assertThat(models.promoted.getAlias()).isEqualTo("canary");
        assertThat(models.promoted.hasExpectedGeneration()).isFalse();
    }

    @Test
    void promote_asJson_hasTheAlias() {
        assertThat(latent.run("promote", "movies", "7", "-o", "json").out())
                .startsWith("{\"alias\":{\"name\":\"live\",\"version\":\"movies@7\",\"generation\":3,");
    }

    @Test
    void rollback_saysWhereTheAliasIsNow() {
        assertThat(latent.run("rollback", "movies").out())
                .isEqualTo("model/movies rolled back: live is movies@6 (generation 4, before: movies@7)\n");
    }

    @Test
    void ledger_isATable() {
        assertThat(latent.run("ledger", "movies").out()).isEqualTo("""
                        TIME  ACTION   ALIAS  GENERATION  FROM  TO        BY   REASON
                        -     PROMOTE  live            1  -     movies@6  ada  first one
                        """);
    }

    @Test
    void update_changesOnlyWhatIsGiven() {
        latent.run("models", "update", "movies", "--set", "factors=8");

        assertThat(models.updated.getUpdateMask().getPathsList()).containsExactly("hyperparameters");
        assertThat(latent.run("models", "update", "movies").err()).contains("Nothing to change");
    }

    /** Moves whatever it is told to. */
    private static final class Models extends ModelServiceGrpc.ModelServiceImplBase {

        private volatile PromoteModelVersionRequest promoted = PromoteModelVersionRequest.getDefaultInstance();
        private volatile UpdateModelRequest updated = UpdateModelRequest.getDefaultInstance();

        @Override
        public void promoteModelVersion(
                PromoteModelVersionRequest request, StreamObserver<PromoteModelVersionResponse> answer) {
            promoted = request;
            answer.onNext(PromoteModelVersionResponse.newBuilder()
                    .setAlias(alias("movies@7", 3))
                    .setPreviousVersion("movies@6")
                    .build());
            answer.onCompleted();
        }

        @Override
        public void rollbackModel(RollbackModelRequest request, StreamObserver<RollbackModelResponse> answer) {
            answer.onNext(RollbackModelResponse.newBuilder()
                    .setAlias(alias("movies@6", 4))
                    .setPreviousVersion("movies@7")
                    .build());
            answer.onCompleted();
        }

        private static Alias alias(String version, long generation) {
            return Alias.newBuilder()
                    .setName("live")
                    .setVersion(version)
                    .setGeneration(generation)
                    .setState(Alias.State.STATE_SERVING)
                    .build();
        }

        @Override
        public void listLedgerEntries(
                ListLedgerEntriesRequest request, StreamObserver<ListLedgerEntriesResponse> answer) {
            answer.onNext(ListLedgerEntriesResponse.newBuilder()
                    .addEntries(LedgerEntry.newBuilder()
                            .setGeneration(1)
                            .setAlias("live")
                            .setToVersion("movies@6")
                            .setAction(LedgerEntry.Action.ACTION_PROMOTE)
                            .setActor("ada")
                            .setReason("first one"))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void updateModel(UpdateModelRequest request, StreamObserver<UpdateModelResponse> answer) {
            updated = request;
            answer.onNext(UpdateModelResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }
}
