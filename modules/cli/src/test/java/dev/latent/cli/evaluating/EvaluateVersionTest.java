package dev.latent.cli.evaluating;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.latent.cli.CommandLineHarness;
import dev.latent.cli.CommandLineHarness.Result;
import dev.latent.cli.session.ExitCode;
import dev.latent.v1.Baseline;
import dev.latent.v1.EvaluateModelVersionRequest;
import dev.latent.v1.EvaluateModelVersionResponse;
import dev.latent.v1.EvaluationFile;
import dev.latent.v1.EvaluationPart;
import dev.latent.v1.GetModelVersionRequest;
import dev.latent.v1.GetModelVersionResponse;
import dev.latent.v1.ListModelVersionEvaluationsRequest;
import dev.latent.v1.ListModelVersionEvaluationsResponse;
import dev.latent.v1.MetricEstimate;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.ModelVersion;
import dev.latent.v1.ModelVersionEvaluation;
import dev.latent.v1.ModelVersionEvaluation.Basis;
import dev.latent.v1.ModelVersionEvaluation.Subject;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateVersionTest {

    private final Versions versions = new Versions();
    private final CommandLineHarness latent = new CommandLineHarness(versions);

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        latent.close();
    }

    @Test
    void filesAndOptions_reachTheServer() throws IOException {
        Path test = Files.writeString(folder.resolve("test.csv"), "u,i\n");
        Path negatives = Files.writeString(folder.resolve("negatives.csv"), "u,j\n");
        Result result = latent.run(
                "evaluate",
                "movies@live",
                "--test",
                test.toString(),
                "--negatives",
                negatives.toString(),
                "--format",
                "table",
                "--metrics",
                "ndcg@10,mrr",
                "--seed",
                "7",
                "--no-baselines");

        assertThat(result.exitCode()).isZero();
        assertThat(versions.received)
                .extracting(EvaluateModelVersionRequest::getPartCase)
                .containsExactly(
                        EvaluateModelVersionRequest.PartCase.OPTIONS,
                        EvaluateModelVersionRequest.PartCase.FILE,
                        EvaluateModelVersionRequest.PartCase.CHUNK,
                        EvaluateModelVersionRequest.PartCase.FILE,
                        EvaluateModelVersionRequest.PartCase.CHUNK);
        var options = versions.received.getFirst().getOptions();
        assertThat(options.getName()).isEqualTo("movies@live");
        assertThat(options.getProtocol()).isEmpty();
        assertThat(options.getMetricsList()).containsExactly("ndcg@10", "mrr");
        assertThat(options.getSeed()).isEqualTo(7);
        assertThat(options.getSkipBaselines()).isTrue();
        assertThat(options.getFolds()).isZero();
        assertThat(versions.received.get(1).getFile().getContent()).isEqualTo(EvaluationFile.Content.CONTENT_TEST);
        assertThat(versions.received.get(1).getFile().getLayout()).isEqualTo(EvaluationFile.Layout.LAYOUT_TABLE);
        assertThat(versions.received.get(2).getChunk().toStringUtf8()).isEqualTo("u,i\n");
        assertThat(result.out()).contains("ndcg@10", "0.31000", "0.30000", "POPULARITY");
        assertThat(result.err()).contains("seen in training: 12.5 % of the test, by-time; left out", "note: a note");
    }

    @Test
    void json_hasTheFieldsOfAnEvaluationOnFilesFirst() {
        assertThat(latent.run("evaluate", "movies@7", "--protocol", "k-fold", "--folds", "3", "-o", "json")
                        .out())
                .isEqualTo("{\"protocol\":\"given\",\"seed\":1,\"users\":6040,"
                        + "\"metrics\":{\"ndcg@10\":{\"value\":0.31,\"low\":0.3,\"high\":0.32},\"coverage@10\":{\"value\":0.5}},"
                        + "\"baselines\":{\"popularity\":{\"ndcg@10\":0.15}},\"seconds\":12.5,\"seconds_train\":0.0,"
                        + "\"version\":\"movies@7\",\"number\":2,\"subject\":\"version\",\"seen_in_training\":0.125,\"basis\":\"by-time\",\"split\":\"a"
                        + " test file\",\"denominators\":{\"lists\":6040},"
                        + "\"segments\":{\"items\":{\"tail\":{\"ndcg@10\":0.1}}},"
                        + "\"definitions\":{\"ndcg@10\":\"gain\"},\"folds\":[{\"ndcg@10\":0.2}],\"notes\":[\"a"
                        + " note\"],\"created\":\"1970-01-01T00:00:01Z\",\"actor\":\"ada\"}\n");
        assertThat(versions.received.getFirst().getOptions().getFolds()).isEqualTo(3);
    }

    @Test
    void versionsDescribe_showsWhatWasMeasuredSince() {
        assertThat(latent.run("versions", "describe", "movies@7").out())
                .contains("evaluation 2", "given of the version, 6,040 users: ndcg@10 0.31");
        assertThat(latent.run("versions", "describe", "movies@7", "-o", "json").out())
                .contains("\"evaluations\":[{\"protocol\":\"given\",\"seed\":1,\"users\":6040,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evaluate",
                "evaluate movies@7 --algorithm wals",
                "evaluate movies",
                "evaluate movies@7 --set factors=3",
                "evaluate movies@7 --data x.csv",
                "evaluate movies@7 --train x.csv",
                "evaluate movies@7 --item-features x.csv",
                "evaluate movies@7 --user-features x.csv",
                "evaluate movies@7 --test nowhere.csv"
            })
    void contradictions_areErrorsOfUsage(String command) {
        Result result = latent.run(command.split(" "));

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(versions.received).isEmpty();
    }

    @Test
    void refusal_endsWithItsCodeAndReason() {
        versions.refusal = Status.FAILED_PRECONDITION.withDescription("nothing is left to measure");
        Result result = latent.run("evaluate", "movies@7");

        assertThat(result.exitCode())
                .isEqualTo(ExitCode.of(Status.Code.FAILED_PRECONDITION).number());
        assertThat(result.err()).contains("nothing is left to measure");
    }

    /** Measures everything alike. */
    private static final class Versions extends ModelServiceGrpc.ModelServiceImplBase {

        private final List<EvaluateModelVersionRequest> received = new ArrayList<>();
        private Status refusal = Status.OK;

        @Override
        public StreamObserver<EvaluateModelVersionRequest> evaluateModelVersion(
                StreamObserver<EvaluateModelVersionResponse> responses) {
            return new StreamObserver<>() {
                @Override
                public void onNext(EvaluateModelVersionRequest request) {
                    received.add(request);
                }

                @Override
                public void onError(Throwable cause) {}

                @Override
                public void onCompleted() {
                    if (!refusal.isOk()) {
                        responses.onError(refusal.asRuntimeException());
                        return;
                    }
                    responses.onNext(EvaluateModelVersionResponse.newBuilder()
                            .setLogLine("measuring")
                            .build());
                    responses.onNext(EvaluateModelVersionResponse.newBuilder()
                            .setEvaluation(evaluation())
                            .build());
                    responses.onCompleted();
                }
            };
        }

        @Override
        public void getModelVersion(GetModelVersionRequest request, StreamObserver<GetModelVersionResponse> responses) {
            responses.onNext(GetModelVersionResponse.newBuilder()
                    .setVersion(ModelVersion.newBuilder().setName("movies@7"))
                    .build());
            responses.onCompleted();
        }

        @Override
        public void listModelVersionEvaluations(
                ListModelVersionEvaluationsRequest request,
                StreamObserver<ListModelVersionEvaluationsResponse> responses) {
            responses.onNext(ListModelVersionEvaluationsResponse.newBuilder()
                    .addEvaluations(evaluation())
                    .build());
            responses.onCompleted();
        }

        private static ModelVersionEvaluation evaluation() {
            return ModelVersionEvaluation.newBuilder()
                    .setVersion("movies@7")
                    .setNumber(2)
                    .setSubject(Subject.SUBJECT_VERSION)
                    .setProtocol("given")
                    .setSplit("a test file")
                    .setSeed(1)
                    .setUsers(6040)
                    .addMetrics(MetricEstimate.newBuilder()
                            .setName("ndcg@10")
                            .setValue(0.31)
                            .setLow(0.3)
                            .setHigh(0.32))
                    .addMetrics(
                            MetricEstimate.newBuilder().setName("coverage@10").setValue(0.5))
                    .addBaselines(Baseline.newBuilder().setName("popularity").putMetrics("ndcg@10", 0.15))
                    .setSeenInTraining(0.125)
                    .setBasis(Basis.BASIS_BY_TIME)
                    .putDenominators("lists", 6040)
                    .addParts(EvaluationPart.newBuilder()
                            .setKind("items")
                            .setName("tail")
                            .putMetrics("ndcg@10", 0.1))
                    .addParts(EvaluationPart.newBuilder()
                            .setKind("fold")
                            .setName("1")
                            .putMetrics("ndcg@10", 0.2))
                    .putDefinitions("ndcg@10", "gain")
                    .addNotes("a note")
                    .setSeconds(12.5)
                    .setCreateTime(Timestamp.newBuilder().setSeconds(1))
                    .setActor("ada")
                    .build();
        }
    }
}
