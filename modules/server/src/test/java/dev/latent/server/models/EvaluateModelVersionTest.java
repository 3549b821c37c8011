package dev.latent.server.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.latent.server.Failures;
import dev.latent.server.TestServer;
import dev.latent.server.WriteCalls;
import dev.latent.v1.EvaluateModelVersionRequest;
import dev.latent.v1.EvaluateModelVersionResponse;
import dev.latent.v1.EvaluationFile;
import dev.latent.v1.EvaluationFile.Content;
import dev.latent.v1.EvaluationOptions;
import dev.latent.v1.EvaluationSplit;
import dev.latent.v1.Interaction;
import dev.latent.v1.ListModelVersionEvaluationsRequest;
import dev.latent.v1.ListModelVersionEvaluationsResponse;
import dev.latent.v1.MetricEstimate;
import dev.latent.v1.ModelServiceGrpc;
import dev.latent.v1.ModelVersionEvaluation;
import dev.latent.v1.ModelVersionEvaluation.Basis;
import dev.latent.v1.ModelVersionEvaluation.Subject;
import dev.latent.v1.RecommendRequest;
import dev.latent.v1.Recommendation;
import dev.latent.v1.StartRunRequest;
import dev.latent.v1.VerifyModelVersionRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluateModelVersionTest {

    private static TestServer server;
    private static String version;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(Files.createTempDirectory("latent-evaluate-"), Map.of("training.queue", "2"));
        server.createDataset("films", 8, 20);
        version = server.trainAndPromote("movies", "films");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A call that collects what it is told. */
    private static final class Call
            implements ClientResponseObserver<EvaluateModelVersionRequest, EvaluateModelVersionResponse> {

        private final CompletableFuture<ModelVersionEvaluation> result = new CompletableFuture<>();
        private final CompletableFuture<String> firstLine = new CompletableFuture<>();
        private final CompletableFuture<String> training = new CompletableFuture<>();
        private @Nullable ClientCallStreamObserver<EvaluateModelVersionRequest> requests;

        @Override
        public void beforeStart(ClientCallStreamObserver<EvaluateModelVersionRequest> stream) {
            requests = stream;
        }

        @Override
        public void onNext(EvaluateModelVersionResponse response) {
            if (response.hasEvaluation()) {
                result.complete(response.getEvaluation());
                return;
            }
            firstLine.complete(response.getLogLine());
            if (response.getLogLine().startsWith("training")) {
                training.complete(response.getLogLine());
            }
        }

        @Override
        public void onError(Throwable cause) {
            result.completeExceptionally(cause);
            firstLine.completeExceptionally(cause);
            training.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {}
    }

    private static Call send(List<EvaluateModelVersionRequest> parts) {
        Call call = new Call();
        StreamObserver<EvaluateModelVersionRequest> requests =
                ModelServiceGrpc.newStub(server.channel()).evaluateModelVersion(call);
        parts.forEach(requests::onNext);
        requests.onCompleted();
        return call;
    }

    private static Call call(EvaluationOptions.Builder options, List<EvaluateModelVersionRequest> files) {
        List<EvaluateModelVersionRequest> parts = new ArrayList<>(List.of(part(options)));
        parts.addAll(files);
        return send(parts);
    }

    private static EvaluateModelVersionRequest part(EvaluationOptions.Builder options) {
        return EvaluateModelVersionRequest.newBuilder().setOptions(options).build();
    }

    private static ModelVersionEvaluation evaluate(
            EvaluationOptions.Builder options, List<EvaluateModelVersionRequest> files) {
        return result(call(options, files));
    }

    private static ModelVersionEvaluation result(Call call) {
        try {
            return call.result.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (StatusRuntimeException) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<EvaluateModelVersionRequest> file(Content content, String text) {
        return List.of(
                EvaluateModelVersionRequest.newBuilder()
                        .setFile(EvaluationFile.newBuilder().setContent(content))
                        .build(),
                EvaluateModelVersionRequest.newBuilder()
                        .setChunk(ByteString.copyFromUtf8(text))
                        .build());
    }

    private static EvaluationOptions.Builder of(String name, String protocol) {
        return EvaluationOptions.newBuilder()
                .setName(name)
                .setProtocol(protocol)
                .setActor("ada");
    }

    private static ListModelVersionEvaluationsResponse list(String name) {
        return server.models()
                .listModelVersionEvaluations(ListModelVersionEvaluationsRequest.newBuilder()
                        .setName(name)
                        .build());
    }

    /** The items of a user, the best first. */
    private static List<String> recommended(String user) {
        return server
                .recommender()
                .recommend(RecommendRequest.newBuilder()
                        .setModel("movies")
                        .setUserId(user)
                        .setK(20)
                        .build())
                .getRecommendationsList()
                .stream()
                .map(Recommendation::getItemId)
                .toList();
    }

    @Test
    void givenTest_isRankedAsTheVersionIsServed_andKeptWithIt() {
        List<String> served = recommended("u0");
        String wanted = served.get(2);
        ModelVersionEvaluation evaluation = evaluate(
                of("movies@live", "").addMetrics("mrr").addMetrics("hr@10"),
                file(Content.CONTENT_TEST, "u0," + wanted + "\nu0,i0\n"));

        assertThat(evaluation.getVersion()).isEqualTo(version);
        assertThat(evaluation.getProtocol()).isEqualTo("given");
        assertThat(evaluation.getSubject()).isEqualTo(Subject.SUBJECT_VERSION);
        assertThat(evaluation.getMetrics(0).getName()).isEqualTo("mrr");
        assertThat(evaluation.getMetrics(0).getValue()).isEqualTo(1 / 3.0, within(1e-9));
        assertThat(evaluation.getMetrics(0).hasHigh()).isTrue();
        assertThat(evaluation.getSeenInTraining()).isEqualTo(0.5); // i0 is in the history of u0
        assertThat(evaluation.getBasis()).isEqualTo(Basis.BASIS_EXACT);
        assertThat(evaluation.getBaselines(0).getName()).isEqualTo("popularity");
        assertThat(evaluation.getActor()).isEqualTo("ada");
        assertThat(list(version).getEvaluationsList()).contains(evaluation);
        assertThat(server.home().resolve("uploads")).isEmptyDirectory();
        assertThat(server.models()
                        .verifyModelVersion(VerifyModelVersionRequest.newBuilder()
                                .setName(version)
                                .build())
                        .getIntact())
                .isTrue();
    }

    @Test
    void otherProtocols_trainTheAlgorithmAgainAndSaySo() {
        ModelVersionEvaluation evaluation =
                evaluate(of(version, "k-fold").setFolds(2).setSeed(5).setSkipBaselines(true), List.of());

        assertThat(evaluation.getSubject()).isEqualTo(Subject.SUBJECT_ALGORITHM);
        assertThat(evaluation.getBasis()).isEqualTo(Basis.BASIS_HELD_OUT);
        assertThat(evaluation.getSplit()).isEqualTo("2 random folds of all interactions");
        assertThat(evaluation.getPartsList())
                .filteredOn(part -> part.getKind().equals("fold"))
                .hasSize(2);
        assertThat(evaluation.getBaselinesList()).isEmpty();
        assertThat(evaluation.getSeed()).isEqualTo(5);
        assertThat(evaluation.getMetricsList())
                .filteredOn(MetricEstimate::hasLow)
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(metric.getValue()).isBetween(metric.getLow(), metric.getHigh()));
        assertThat(evaluation.getMetricsList()).anyMatch(metric -> metric.getLow() < metric.getHigh());
        assertThat(evaluation.getNotes(0)).contains("trained again from scratch");
        assertThat(list(version).getEvaluations(0).getNumber()).isEqualTo(evaluation.getNumber());
    }

    @Test
    void temporal_measuresOnWhatCameAfterTheVersion() {
        String own = server.train("later", later()).getVersion();
        Failures nothing = Failures.of(() -> evaluate(of(own, ""), List.of()));
        assertThat(nothing.reason()).isEqualTo("NOT_MEASURABLE");
        assertThat(nothing.message()).contains("has no interaction later than");
        assertThat(list(own).getEvaluationsList()).isEmpty();

        WriteCalls.write(server.channel(), "later", List.of(after("u1", "i9"), after("u2", "i9")));
        ModelVersionEvaluation evaluation = evaluate(of(own, ""), List.of());
        ModelVersionEvaluation second = evaluate(of(own, "temporal").clearActor(), List.of());
        assertThat(second.getActor()).isEqualTo("unknown");
        assertThat(pagesOfOne(own)).containsExactly(second, evaluation);
        assertThat(evaluation.getProtocol()).isEqualTo("temporal");
        assertThat(evaluation.getUsers()).isEqualTo(2);
        assertThat(evaluation.getSeenInTraining()).isZero();
        assertThat(evaluation.getBasis()).isEqualTo(Basis.BASIS_EXACT);
    }

    private static List<ModelVersionEvaluation> pagesOfOne(String name) {
        List<ModelVersionEvaluation> all = new ArrayList<>();
        ListModelVersionEvaluationsResponse page = ListModelVersionEvaluationsResponse.getDefaultInstance();
        do {
            page = server.models()
                    .listModelVersionEvaluations(ListModelVersionEvaluationsRequest.newBuilder()
                            .setName(name)
                            .setPageSize(1)
                            .setPageToken(page.getNextPageToken())
                            .build());
            assertThat(page.getEvaluationsCount()).isEqualTo(1);
            all.addAll(page.getEvaluationsList());
        } while (!page.getNextPageToken().isEmpty() && all.size() < 10);
        return all;
    }

    private static String later() {
        server.createDataset("later", 4, 10);
        return "later";
    }

    private static Interaction after(String user, String item) {
        return TestServer.interaction(user, item).toBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond() + 1_000))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "guess,0,0,'',options.protocol",
        "k-fold,1,0,'',options.folds",
        "temporal,3,0,'',options.folds",
        "random,0,-1,'',options.threads",
        "temporal,0,0,'best@10',options.metrics",
    })
    void badOptions_nameTheirField(String protocol, int folds, int threads, String metric, String field) {
        EvaluationOptions.Builder options =
                of(version, protocol).setFolds(folds).setThreads(threads);
        if (!metric.isEmpty()) {
            options.addMetrics(metric);
        }
        Failures failure = Failures.of(() -> evaluate(options, List.of()));

        assertThat(failure.code()).isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
        assertThat(failure.fields()).containsExactly(field);
    }

    @Test
    void filesThatCannotBeRead_areRefusedByLineWithoutPathsOfTheServer() {
        Failures failure =
                Failures.of(() -> evaluate(of(version, "given"), file(Content.CONTENT_TEST, "u0,i1,2\nu0,i2,much\n")));

        assertThat(failure.fields()).containsExactly("file");
        assertThat(failure.message())
                .contains("test:2")
                .doesNotContain(server.root().toString());
        assertThat(server.home().resolve("uploads")).isEmptyDirectory();
    }

    @Test
    void filesInWrongPlaces_areRefused() {
        List<EvaluateModelVersionRequest> test = file(Content.CONTENT_TEST, "u0,i9\n");
        List<EvaluateModelVersionRequest> twice = new ArrayList<>(test);
        twice.addAll(test);
        assertThat(Failures.of(() -> evaluate(of(version, "given"), List.of())).fields())
                .containsExactly("file");
        assertThat(Failures.of(() -> evaluate(of(version, "random"), test)).fields())
                .containsExactly("file");
        assertThat(Failures.of(() -> evaluate(of(version, "given"), twice)).fields())
                .containsExactly("file.content");
        assertThat(Failures.of(() -> evaluate(of(version, ""), file(Content.CONTENT_NEGATIVES, "u0,i9\n")))
                        .fields())
                .containsExactly("file");
        assertThat(Failures.of(() -> evaluate(of("movies@77", ""), List.of())).reason())
                .isEqualTo("VERSION_NOT_FOUND");
        assertThat(server.home().resolve("uploads")).isEmptyDirectory();
    }

    @Test
    void partsInWrongOrder_areRefused() {
        EvaluateModelVersionRequest options = part(of(version, "given"));
        assertThat(refused(file(Content.CONTENT_TEST, "u0,i9\n"))).containsExactly("options");
        assertThat(refused(List.of())).containsExactly("options");
        assertThat(refused(List.of(options, options))).containsExactly("options");
        assertThat(refused(List.of(options, EvaluateModelVersionRequest.getDefaultInstance())))
                .containsExactly("part");
    }

    private static List<String> refused(List<EvaluateModelVersionRequest> parts) {
        return Failures.of(() -> result(send(parts))).fields();
    }

    @Test
    void cancelledCall_endsTheWorkAndKeepsNothing() throws Exception {
        String slow = server.train(StartRunRequest.newBuilder()
                        .setModel("slow")
                        .setDataset("films")
                        .setAlgorithm("taste")
                        .putHyperparameters("pause", "3000")
                        .setSplit(EvaluationSplit.newBuilder().setKind(EvaluationSplit.Kind.KIND_NONE))
                        .build())
                .getVersion();
        Call call = call(of(slow, "k-fold").setFolds(24), List.of());
        call.training.get(60, TimeUnit.SECONDS);
        Call waiting = call(of(version, "leave-last-out").setSkipBaselines(true), List.of());
        assertThat(waiting.firstLine.get(60, TimeUnit.SECONDS)).isEqualTo("waits for 1 other evaluation(s)");
        assertThat(Failures.of(() -> evaluate(of(version, ""), List.of())).reason())
                .isEqualTo("TOO_MANY_EVALUATIONS");
        Objects.requireNonNull(call.requests).cancel("enough", null);

        // One evaluation works at a time: this one would wait for 24 trainings of 3 seconds.
        ModelVersionEvaluation next = result(waiting);
        assertThat(next.getSubject()).isEqualTo(Subject.SUBJECT_ALGORITHM);
        assertThat(list(slow).getEvaluationsList()).isEmpty();
    }
}
